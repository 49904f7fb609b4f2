import { NO_CHANGES } from '../scenario/scenario.ts';
import type { Example } from './example.ts';

const manifests = `# A shop: one Ingress sends requests to four Services, by host and by path.
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  namespace: shop
spec:
  # Takes what no rule matches.
  defaultBackend:
    service: { name: lost-and-found, port: { number: 80 } }
  # For these hosts TLS ends in front of the router.
  tls:
    - hosts: [shop.example, '*.shop.example']
  rules:
    - host: shop.example
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: { service: { name: storefront, port: { name: http } } }
          # /cart and all below it. /cartoons is not below it.
          - path: /cart
            pathType: Prefix
            backend: { service: { name: cart, port: { number: 80 } } }
    # Stands for exactly one label: tea.shop.example, not a.b.shop.example.
    - host: '*.shop.example'
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: { service: { name: vendors, port: { name: http } } }
---
apiVersion: v1
kind: Service
metadata: { name: storefront, namespace: shop }
spec:
  # Every Pod with this label is behind the Service.
  selector: { app: storefront }
  ports:
    # Clients ask for 80; the Pods answer at the port that they call http.
    - { name: http, port: 80, targetPort: http }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: storefront, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: storefront } }
  template:
    metadata: { labels: { app: storefront } }
    spec:
      containers:
        - name: web
          image: registry.example/storefront:1
          ports: [{ name: http, containerPort: 8080 }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec:
  selector: { app: cart }
  ports: [{ port: 80, targetPort: 7070 }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec:
      containers:
        - name: cart
          image: registry.example/cart:1
          ports: [{ containerPort: 7070 }]
---
apiVersion: v1
kind: Service
metadata: { name: vendors, namespace: shop }
spec:
  selector: { app: vendors }
  ports: [{ name: http, port: 80, targetPort: http }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: vendors, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: vendors } }
  template:
    metadata: { labels: { app: vendors } }
    spec:
      containers:
        - name: web
          image: registry.example/vendors:1
          ports: [{ name: http, containerPort: 8080 }]
---
apiVersion: v1
kind: Service
metadata: { name: lost-and-found, namespace: shop }
spec:
  selector: { app: lost-and-found }
  ports: [{ port: 80, targetPort: 8080 }]
---
# A Pod that no workload made: it can't be scaled.
apiVersion: v1
kind: Pod
metadata:
  name: lost-and-found
  namespace: shop
  labels: { app: lost-and-found }
spec:
  containers:
    - name: web
      image: registry.example/lost-and-found:1
      ports: [{ containerPort: 8080 }]
`;

export const SHOP: Example = {
  id: 'shop',
  title: 'A shop',
  description:
    'One Ingress and four Services. Change the host and the path of the request, and see which Service gets it; make a Pod fail, and see who answers then.',
  scenario: { manifests, request: { url: 'http://shop.example/cart/7' }, pods: NO_CHANGES },
};
