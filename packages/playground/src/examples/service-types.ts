import { NO_CHANGES } from '../scenario/scenario.ts';
import type { Example } from './example.ts';

const manifests = `# The four types of Service, all for the same Pods but the last.
#
# ClusterIP, the default: an address and a name that answer inside the cluster only.
#   http://web-inside.demo.svc.cluster.local/, entrance internal
apiVersion: v1
kind: Service
metadata: { name: web-inside, namespace: demo }
spec:
  type: ClusterIP
  clusterIP: 10.96.0.20
  selector: { app: web }
  ports: [{ port: 80, targetPort: 8080 }]
---
# NodePort: a ClusterIP, and a port on every node.
#   http://192.0.2.11:30080/
apiVersion: v1
kind: Service
metadata: { name: web-on-nodes, namespace: demo }
spec:
  type: NodePort
  selector: { app: web }
  ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]
---
# LoadBalancer: a NodePort, and an address from whoever runs the cluster. That is in the status: none is invented here.
#   http://203.0.113.10/, from an address in 198.51.100.0/24
apiVersion: v1
kind: Service
metadata: { name: web-for-partners, namespace: demo }
spec:
  type: LoadBalancer
  selector: { app: web }
  ports: [{ port: 80, targetPort: 8080, nodePort: 30081 }]
  # Nobody else gets in by the load balancer's address.
  loadBalancerSourceRanges: [198.51.100.0/24]
status:
  loadBalancer:
    ingress: [{ ip: 203.0.113.10 }]
---
# ExternalName: no Pods and no address, but another name in DNS: there is no request to pass on.
apiVersion: v1
kind: Service
metadata: { name: payments, namespace: demo }
spec:
  type: ExternalName
  externalName: payments.partner.example
---
apiVersion: v1
kind: Node
metadata: { name: node-a }
status:
  addresses: [{ type: InternalIP, address: 192.0.2.11 }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: demo }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: registry.example/web:1
          ports: [{ containerPort: 8080 }]
`;

export const SERVICE_TYPES: Example = {
  id: 'service-types',
  title: 'The four types of Service',
  description:
    'ClusterIP, NodePort, LoadBalancer and ExternalName beside each other. Ask each at its own address, from outside and from inside.',
  scenario: {
    manifests,
    request: { url: 'http://203.0.113.10/', from: '198.51.100.7' },
    pods: NO_CHANGES,
  },
};
