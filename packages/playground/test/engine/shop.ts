/** A small shop: an Ingress, four Services, two workloads, a Pod of its own, addresses given by hand, and two nodes. */
export const SHOP = `
apiVersion: v1
kind: Node
metadata:
  name: node-a
  labels: { topology.kubernetes.io/zone: zone-a }
status:
  addresses: [{ type: InternalIP, address: 192.0.2.1 }]
---
apiVersion: v1
kind: Node
metadata:
  name: node-b
  labels: { topology.kubernetes.io/zone: zone-b }
status:
  addresses: [{ type: InternalIP, address: 192.0.2.2 }]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: shop
spec:
  defaultBackend:
    service: { name: storefront, port: { number: 80 } }
  rules:
    - host: shop.example
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: { service: { name: storefront, port: { name: http } } }
          - path: /cart
            pathType: Prefix
            backend: { service: { name: cart, port: { number: 80 } } }
          - path: /old
            pathType: Exact
            backend: { service: { name: gone, port: { number: 80 } } }
    - host: '*.shop.example'
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: { service: { name: legacy, port: { number: 80 } } }
---
apiVersion: v1
kind: Service
metadata: { name: storefront, namespace: shop }
spec:
  type: NodePort
  selector: { app: storefront }
  ports: [{ name: http, port: 80, targetPort: 8080, nodePort: 30080 }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec:
  selector: { app: cart }
  ports: [{ port: 80, targetPort: 7070 }]
---
apiVersion: v1
kind: Service
metadata: { name: legacy, namespace: shop }
spec:
  ports: [{ port: 80 }]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: legacy-1
  namespace: shop
  labels: { kubernetes.io/service-name: legacy }
addressType: IPv4
ports: [{ port: 8000 }]
endpoints: [{ addresses: [198.51.100.7] }]
---
apiVersion: v1
kind: Service
metadata: { name: mail, namespace: shop }
spec: { type: ExternalName, externalName: mail.partner.example }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: storefront, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: storefront } }
  template:
    metadata: { labels: { app: storefront } }
    spec: { containers: [{ name: web, image: web, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: cart, namespace: shop }
spec:
  serviceName: cart
  replicas: 2
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, image: cart, ports: [{ containerPort: 7070 }] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: lonely, namespace: shop, labels: { app: lonely } }
spec: { containers: [{ name: lonely, image: lonely }] }
`;

/** The line, from 1, on which a text stands first. */
export function lineOf(text: string): number {
  return SHOP.slice(0, SHOP.indexOf(text)).split('\n').length;
}
