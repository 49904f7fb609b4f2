import { NO_CHANGES } from '../scenario/scenario.ts';
import type { Example } from './example.ts';

const node = (name: string, zone: string, address: string): string => `---
apiVersion: v1
kind: Node
metadata:
  name: ${name}
  labels:
    kubernetes.io/hostname: ${name}
    topology.kubernetes.io/zone: ${zone}
status:
  addresses: [{ type: InternalIP, address: ${address} }]
`;

const pod = (name: string, onNode: string): string => `---
apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  namespace: maps
  labels: { app: tiles }
spec:
  nodeName: ${onNode}
  containers:
    - name: web
      image: registry.example/tiles:1
      ports: [{ containerPort: 8080 }]
`;

const manifests = `# Which Pods may answer depends on where the request comes in: say at which node and in which zone that is.
#
# Any node, any Pod; those of the client's own zone are preferred, where there are any.
#   http://tiles.maps.svc.cluster.local/, entrance internal
apiVersion: v1
kind: Service
metadata: { name: tiles, namespace: maps }
spec:
  selector: { app: tiles }
  trafficDistribution: PreferSameZone
  ports: [{ port: 80, targetPort: 8080 }]
---
# From inside only to Pods of the client's own node. On node-c, which has none, nobody answers.
#   http://tiles-here.maps.svc.cluster.local/, entrance internal
apiVersion: v1
kind: Service
metadata: { name: tiles-here, namespace: maps }
spec:
  selector: { app: tiles }
  internalTrafficPolicy: Local
  ports: [{ port: 80, targetPort: 8080 }]
---
# From outside only to Pods of the node that was asked: the Pod sees the client's own address.
#   http://192.0.2.11:30080/
apiVersion: v1
kind: Service
metadata: { name: tiles-outside, namespace: maps }
spec:
  type: NodePort
  externalTrafficPolicy: Local
  selector: { app: tiles }
  ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]
${node('node-a', 'east', '192.0.2.11')}${node('node-b', 'west', '192.0.2.12')}${node('node-c', 'west', '192.0.2.13')}${pod('tiles-1', 'node-a')}${pod('tiles-2', 'node-a')}${pod('tiles-3', 'node-b')}`;

export const ZONES: Example = {
  id: 'zones',
  title: 'Nodes, zones and traffic policies',
  description:
    'Three nodes in two zones. Change the node and the zone at which the request comes in, and see which Pods may answer.',
  scenario: {
    manifests,
    request: {
      url: 'http://tiles.maps.svc.cluster.local/',
      entrance: 'internal',
      node: 'node-a',
      zone: 'east',
    },
    pods: NO_CHANGES,
  },
};
