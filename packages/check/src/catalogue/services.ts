import type { CatalogueEntry } from './entry.ts';

export const SERVICES: Readonly<Record<string, CatalogueEntry>> = {
  Invalid: {
    severity: 'error',
    title: 'A Service is not admitted',
    explanation:
      'Its fields do not go together, or it asks for a node port or a cluster IP that another Service has. It is left out, as the API server would refuse it, and routes to it get a 503. The message names the field; where another Service is in the way, its place is given too.',
  },
  PortUnavailable: {
    severity: 'warning',
    title: 'Two Services claim one address',
    explanation:
      'The same external IP or load balancer address, with the same port, is given to two Services. The older one has it, then the first by namespace and name, and requests for the other never arrive. Give one of them another address or port.',
  },
  ServiceSelectsNothing: {
    severity: 'warning',
    title: 'No Pod has the labels that a Service asks for',
    explanation:
      'A Service sends requests to the Pods of its own namespace whose labels have every pair of its selector. No Pod and no Pod template among these manifests has, so requests to it get a 503. Most often one label is misspelt; the nearest miss is named. Where the Pods are made by an operator, or are in manifests that are not checked here, silence it.',
  },
  PodSelectedByNone: {
    severity: 'warning',
    title: 'Pods that no Service leads to',
    explanation:
      'No selector of a Service in the namespace fits the labels, so nothing reaches these Pods by way of a Service or an Ingress. With a declared container port that is most likely an oversight, and a warning. Without one, or with a port on the node, it is a notice: a worker that only calls others needs no Service.',
  },
  NamedPortMissing: {
    severity: 'error',
    title: 'Pods have no port of the name that a Service sends to',
    explanation:
      'A target port may be a name, which each Pod resolves among the ports that its containers declare. A Pod without a port of that name and protocol gets none of the requests. Where all lack it requests get a 503; where some lack it, those are passed over, and this is a warning. Name the port in the Pod, or send to its number.',
  },
  TargetPortNotDeclared: {
    severity: 'notice',
    title: 'Requests are sent to a port that no container declares',
    explanation:
      "Kubernetes forwards to any number, declared or not, so this may well work. But these containers declare other ports, and not the one that requests are sent to: often the Service names its own port and means the container's. See which port the process listens at.",
  },
  NoReadyEndpoints: {
    severity: 'warning',
    title: 'Nobody is ready to answer for a Service',
    explanation:
      "The Service finds its Pods or addresses, and none of them may be used: not ready, about to end, ended, without an address of the Service's IP family, or scaled to none. Requests get a 503 until that changes. It is a notice where the manifests ask for it, by zero replicas or a Job.",
  },
  NoEndpointsGiven: {
    severity: 'warning',
    title: 'A Service without a selector has no endpoints',
    explanation:
      'Without a selector nobody finds endpoints for a Service: they are given by hand, in an EndpointSlice that names the Service by the label kubernetes.io/service-name and has a port of the same name. None does, so requests get a 503. Add one, or a selector.',
  },
  EndpointsWithoutService: {
    severity: 'warning',
    title: 'Endpoints that belong to no Service',
    explanation:
      'An EndpointSlice belongs to the Service that its label kubernetes.io/service-name names, an Endpoints object to the one of its own name, in the same namespace. There is no such Service among these manifests, so the addresses are never used. Mend the name, or add the Service.',
  },
  GoverningServiceNotFound: {
    severity: 'warning',
    title: "The Service that names a StatefulSet's Pods is missing",
    explanation:
      'spec.serviceName of a StatefulSet is the headless Service under which each of its Pods has a DNS name of its own. It is not among these manifests. The Pods run, but names such as db-0.db do not resolve.',
  },
  LoadBalancerWithoutAddress: {
    severity: 'notice',
    title: 'A load balancer has no address yet',
    explanation:
      'A provider writes the address into status.loadBalancer.ingress. Manifests alone have no provider to ask, and no address is invented. Until the manifest carries one, the Service answers at its node ports and inside. Copy the status from the cluster to have the address served too; portolan serve is a provider itself where --load-balancer-address says what it may give.',
  },
  LoadBalancerCost: {
    severity: 'notice',
    title: 'Several Services get a load balancer each',
    explanation:
      'Providers ask a fixed price for each load balancer, whatever goes through it. The message sums these prices for a month of 730 hours, one by one, with one Ingress in front of all Services that speak HTTP, and beside one Worker in their place. What is paid by usage, such as capacity units, data and requests, and taxes are not in it. A Service with a UDP port, or with one of which nothing says that it speaks HTTP, keeps its own; an appProtocol of http says it. The prices, with where and when each was read, are in docs/reference/load-balancer-costs.md, and check.prices in portolan.yaml replaces or adds some.',
  },
};
