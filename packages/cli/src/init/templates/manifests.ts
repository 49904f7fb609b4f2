export const SHOP = `# A small shop: two Deployments, their Services, and an Ingress that lets the outside in.
#
#   request                           goes to
#   http://shop.example/              storefront
#   http://shop.example/cart          cart
#   http://shop.example/cart/items/7  cart
#   http://shop.example/cartoons      storefront: Prefix goes by whole elements of the path
#
# A cluster would take it as it is: kubectl apply -f manifests
apiVersion: v1
kind: Namespace
metadata:
  name: shop
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: storefront
  namespace: shop
spec:
  replicas: 2
  selector:
    matchLabels:
      app: storefront
  template:
    metadata:
      # The labels by which the Service finds these Pods.
      labels:
        app: storefront
    spec:
      containers:
        - name: storefront
          image: traefik/whoami:v1.11
          args: ['--port=8080', '--name=storefront']
          ports:
            - name: http
              containerPort: 8080
---
apiVersion: v1
kind: Service
metadata:
  name: storefront
  namespace: shop
spec:
  selector:
    app: storefront
  ports:
    # Clients use port 80; the Pods answer at the port that they call http.
    - port: 80
      targetPort: http
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
  namespace: shop
spec:
  replicas: 2
  selector:
    matchLabels:
      app: cart
  template:
    metadata:
      labels:
        app: cart
    spec:
      containers:
        - name: cart
          image: traefik/whoami:v1.11
          args: ['--port=8080', '--name=cart']
          ports:
            - name: http
              containerPort: 8080
---
apiVersion: v1
kind: Service
metadata:
  name: cart
  namespace: shop
spec:
  selector:
    app: cart
  ports:
    - port: 80
      targetPort: http
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  namespace: shop
spec:
  rules:
    - host: shop.example
      http:
        # Their order doesn't matter: the longer Prefix goes first.
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: storefront
                port:
                  number: 80
          - path: /cart
            pathType: Prefix
            backend:
              service:
                name: cart
                port:
                  number: 80
`;

export const TESTS = `# yaml-language-server: $schema=node_modules/@portolan/testing/schema/tests.schema.json
#
# Where requests must go: portolan test tests.yaml
manifests: [manifests/]
tests:
  - name: everybody sees the storefront
    request: http://shop.example/
    expect: { service: shop/storefront:80 }

  - name: the cart has its path and all below it
    request: http://shop.example/cart/items/7
    expect: { service: shop/cart:80 }

  - name: but no path that only begins alike
    request: http://shop.example/cartoons
    expect: { service: shop/storefront:80 }

  - name: no other host is served
    request: http://elsewhere.example/
    expect: { status: 404 }
`;

export const CONFIGURATION = `# yaml-language-server: $schema=node_modules/@portolan/cli/schema/portolan.schema.json
#
# What the command line takes where its options say nothing.
manifests: manifests

# Where the manifests are to be served, and how Pods are reached from there: as in src/worker.ts.
target: workers
dialers:
  - dialer: vpcNetwork

check:
  # Findings that are known and wanted. What a code means: npx portolan codes CODE
  silence:
    # TLS ends at Cloudflare's edge, which has the certificates.
    - HostWithoutTLS
`;
