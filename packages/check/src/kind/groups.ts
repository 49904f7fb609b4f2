/** What an API group holds that changes what becomes of requests. */
export interface RoutingGroup {
  /** Who reads it. */
  readonly reader: string;
  /** Kind → what is lost. Other kinds of the group are nobody's business. */
  readonly kinds: Readonly<Record<string, string>>;
}

const RULES = 'none of its rules is served';
const ACCESS = 'it keeps nobody out here';
const UPSTREAM = 'endpoints are called as if it were not there';
const FILTERS = 'nothing of what it does to requests is done';
const LISTENER = 'it opens no address here';

/** By group, without the version. */
export const ROUTING_GROUPS: Readonly<Record<string, RoutingGroup>> = {
  'gateway.networking.k8s.io': {
    reader: 'Gateway API controllers',
    kinds: {
      BackendLBPolicy: UPSTREAM,
      BackendTLSPolicy: UPSTREAM,
      GRPCRoute: RULES,
      Gateway: LISTENER,
      GatewayClass: LISTENER,
      HTTPRoute: RULES,
      ListenerSet: LISTENER,
      TCPRoute: RULES,
      TLSRoute: RULES,
      UDPRoute: RULES,
    },
  },
  'networking.k8s.io': { reader: 'network plugins', kinds: { NetworkPolicy: ACCESS } },
  'policy.networking.k8s.io': {
    reader: 'network plugins',
    kinds: { AdminNetworkPolicy: ACCESS, BaselineAdminNetworkPolicy: ACCESS },
  },
  'cilium.io': {
    reader: 'Cilium',
    kinds: {
      CiliumClusterwideEnvoyConfig: FILTERS,
      CiliumClusterwideNetworkPolicy: ACCESS,
      CiliumEnvoyConfig: FILTERS,
      CiliumLocalRedirectPolicy: RULES,
      CiliumNetworkPolicy: ACCESS,
    },
  },
  'crd.projectcalico.org': {
    reader: 'Calico',
    kinds: { GlobalNetworkPolicy: ACCESS, NetworkPolicy: ACCESS },
  },
  'projectcalico.org': {
    reader: 'Calico',
    kinds: { GlobalNetworkPolicy: ACCESS, NetworkPolicy: ACCESS },
  },
  'networking.istio.io': {
    reader: 'Istio',
    kinds: {
      DestinationRule: UPSTREAM,
      EnvoyFilter: FILTERS,
      Gateway: LISTENER,
      ServiceEntry: 'its hosts are no Services here',
      VirtualService: RULES,
      WorkloadEntry: 'its address is no endpoint here',
    },
  },
  'security.istio.io': {
    reader: 'Istio',
    kinds: {
      AuthorizationPolicy: ACCESS,
      PeerAuthentication: ACCESS,
      RequestAuthentication: ACCESS,
    },
  },
  'policy.linkerd.io': {
    reader: 'Linkerd',
    kinds: { AuthorizationPolicy: ACCESS, HTTPRoute: RULES, ServerAuthorization: ACCESS },
  },
  'linkerd.io': { reader: 'Linkerd', kinds: { ServiceProfile: UPSTREAM } },
  'split.smi-spec.io': { reader: 'service meshes', kinds: { TrafficSplit: RULES } },
  ...alike(['traefik.io', 'traefik.containo.us'], {
    reader: 'Traefik',
    kinds: {
      IngressRoute: RULES,
      IngressRouteTCP: RULES,
      IngressRouteUDP: RULES,
      Middleware: FILTERS,
      MiddlewareTCP: FILTERS,
      ServersTransport: UPSTREAM,
      TraefikService: RULES,
    },
  }),
  'projectcontour.io': { reader: 'Contour', kinds: { HTTPProxy: RULES } },
  'contour.heptio.com': { reader: 'Contour', kinds: { IngressRoute: RULES } },
  'k8s.nginx.org': {
    reader: 'NGINX Ingress Controller',
    kinds: {
      Policy: FILTERS,
      TransportServer: RULES,
      VirtualServer: RULES,
      VirtualServerRoute: RULES,
    },
  },
  'configuration.konghq.com': {
    reader: 'Kong',
    kinds: {
      KongClusterPlugin: FILTERS,
      KongIngress: RULES,
      KongPlugin: FILTERS,
      KongUpstreamPolicy: UPSTREAM,
      TCPIngress: RULES,
      UDPIngress: RULES,
    },
  },
  ...alike(['getambassador.io', 'x.getambassador.io'], {
    reader: 'Ambassador',
    kinds: {
      AmbassadorHost: LISTENER,
      AmbassadorMapping: RULES,
      AuthService: ACCESS,
      Filter: FILTERS,
      FilterPolicy: FILTERS,
      Host: LISTENER,
      Listener: LISTENER,
      Mapping: RULES,
      RateLimitService: FILTERS,
    },
  }),
  'apisix.apache.org': {
    reader: 'APISIX',
    kinds: { ApisixPluginConfig: FILTERS, ApisixRoute: RULES, ApisixUpstream: UPSTREAM },
  },
  'gateway.envoyproxy.io': {
    reader: 'Envoy Gateway',
    kinds: { BackendTrafficPolicy: UPSTREAM, ClientTrafficPolicy: FILTERS, SecurityPolicy: ACCESS },
  },
  'gateway.solo.io': {
    reader: 'Gloo',
    kinds: { Gateway: LISTENER, RouteTable: RULES, VirtualService: RULES },
  },
  'route.openshift.io': { reader: 'OpenShift', kinds: { Route: RULES } },
  'serving.knative.dev': {
    reader: 'Knative',
    kinds: {
      DomainMapping: RULES,
      Route: RULES,
      Service: 'neither its Pods nor its routes are made',
    },
  },
  'elbv2.k8s.aws': {
    reader: 'AWS Load Balancer Controller',
    kinds: { IngressClassParams: LISTENER, TargetGroupBinding: RULES },
  },
  'cloud.google.com': { reader: 'GKE', kinds: { BackendConfig: UPSTREAM } },
  'networking.gke.io': {
    reader: 'GKE',
    kinds: {
      FrontendConfig: FILTERS,
      GCPBackendPolicy: UPSTREAM,
      GCPGatewayPolicy: LISTENER,
      MultiClusterIngress: RULES,
      MultiClusterService: RULES,
    },
  },
  'multicluster.x-k8s.io': {
    reader: 'multi-cluster controllers',
    kinds: { ServiceImport: 'Services of other clusters are not found' },
  },
};

function alike(groups: readonly string[], group: RoutingGroup): Record<string, RoutingGroup> {
  return Object.fromEntries(groups.map((name) => [name, group]));
}
