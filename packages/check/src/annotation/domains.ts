import type { Facts } from './fact.ts';
import { AWS_INGRESS } from './facts/aws.ts';
import { AZURE_GATEWAY } from './facts/azure.ts';
import { CONTOUR } from './facts/contour.ts';
import {
  GOOGLE_CERTIFICATES,
  GOOGLE_CLOUD,
  GOOGLE_KUBERNETES,
  GOOGLE_NETWORKING,
} from './facts/google.ts';
import { HAPROXY } from './facts/haproxy.ts';
import { INGRESS_NGINX_ACCESS } from './facts/ingress-nginx-access.ts';
import { INGRESS_NGINX_ROUTING } from './facts/ingress-nginx-routing.ts';
import { INGRESS_NGINX_UPSTREAM } from './facts/ingress-nginx-upstream.ts';
import {
  ALPHA,
  BALANCER_ONLY,
  METALLB,
  PROVIDERS,
  PROVIDERS_WITHOUT_BETA,
} from './facts/load-balancers.ts';
import { bystander, CERT_MANAGER, EXTERNAL_DNS, KONG, NGINX_INC } from './facts/programs.ts';
import { TRAEFIK } from './facts/traefik.ts';

const INGRESS_NGINX: Facts = {
  ...INGRESS_NGINX_ACCESS,
  ...INGRESS_NGINX_ROUTING,
  ...INGRESS_NGINX_UPSTREAM,
};

/** By domain. One that begins with a dot stands for all domains below it too. */
export const FACTS: Readonly<Record<string, Facts>> = {
  'alb.ingress.kubernetes.io': AWS_INGRESS,
  'appgw.ingress.kubernetes.io': AZURE_GATEWAY,
  'cloud.google.com': GOOGLE_CLOUD,
  'contour.heptio.com': CONTOUR,
  'haproxy-ingress.github.io': HAPROXY,
  'haproxy.com': HAPROXY,
  'haproxy.org': HAPROXY,
  // HAProxy's and Contour's older names, and what GKE writes.
  'ingress.kubernetes.io': { ...HAPROXY, ...GOOGLE_CERTIFICATES },
  'ingress.gcp.kubernetes.io': GOOGLE_CERTIFICATES,
  'konghq.com': KONG,
  'kubernetes.io': GOOGLE_KUBERNETES,
  'networking.gke.io': GOOGLE_NETWORKING,
  'nginx.com': NGINX_INC,
  'nginx.ingress.kubernetes.io': INGRESS_NGINX,
  'nginx.org': NGINX_INC,
  'projectcontour.io': CONTOUR,
  'traefik.ingress.kubernetes.io': TRAEFIK,

  'kube-vip.io': BALANCER_ONLY,
  'lbipam.cilium.io': BALANCER_ONLY,
  'load-balancer.hetzner.cloud': BALANCER_ONLY,
  'loadbalancer.openstack.org': BALANCER_ONLY,
  'metallb.io': METALLB,
  'metallb.universe.tf': METALLB,
  '.oraclecloud.com': BALANCER_ONLY,
  'service.alpha.kubernetes.io': ALPHA,
  'service.beta.kubernetes.io': PROVIDERS,
  'service.kubernetes.io': PROVIDERS_WITHOUT_BETA,

  '.cattle.io': bystander('Rancher'),
  '.cert-manager.io': CERT_MANAGER,
  '.certmanager.k8s.io': CERT_MANAGER,
  'external-dns.alpha.kubernetes.io': EXTERNAL_DNS,
  'forecastle.stakater.com': bystander('Forecastle'),
  'gethomepage.dev': bystander('Homepage'),
  'prometheus.io': bystander('Prometheus'),
  'reloader.stakater.com': bystander('Reloader'),
};

/** What is known of the annotations of a domain. */
export function factsOf(domain: string): Facts | undefined {
  if (Object.hasOwn(FACTS, domain)) return FACTS[domain];
  for (let dot = 0; dot >= 0; dot = `.${domain}`.indexOf('.', dot + 1)) {
    const key = `.${domain}`.slice(dot);
    if (Object.hasOwn(FACTS, key)) return FACTS[key];
  }
  return undefined;
}
