import { backendProtocol } from '../backend-protocol.ts';
import { AFFINITY_COOKIE, HTTPS_REDIRECT } from '../equivalent.ts';
import { changes, nothing, protects, tunes, type Facts } from '../fact.ts';

const NO_BALANCER = 'no load balancer is made';
const ELSEWHERE = 'who can reach it depends on where Portolan runs';
const NO_TLS = 'no load balancer ends TLS for the Service';
const NO_PROXY_PROTOCOL = 'endpoints get no PROXY header; X-Forwarded-For has the client';

/**
 * `service.beta.kubernetes.io/…`: what cloud providers read when they make a load balancer. Sources: their documentation;
 * Kubernetes, Service, Internal load balancer and TLS support on AWS.
 */
export const PROVIDERS: Facts = {
  'load-balancer-source-ranges': nothing,
  'aws-load-balancer-backend-protocol': backendProtocol,
  'aws-load-balancer-internal': changes(ELSEWHERE, { unless: ['false'] }),
  'aws-load-balancer-proxy-protocol': changes(NO_PROXY_PROTOCOL),
  'aws-load-balancer-scheme': changes(ELSEWHERE),
  'aws-load-balancer-security-groups': protects('the security groups {} keep nobody out'),
  'aws-load-balancer-extra-security-groups': protects('the security groups {} keep nobody out'),
  'aws-load-balancer-ssl-*': tunes(NO_TLS),
  'azure-load-balancer-internal': changes(ELSEWHERE, { unless: ['false'] }),
  'azure-load-balancer-internal-subnet': tunes(NO_BALANCER),
  'azure-allowed-service-tags': protects('clients from everywhere are let in, not only from {}'),
  'azure-allowed-ip-ranges': protects('clients from everywhere are let in, not only from {}'),
  'azure-deny-all-except-load-balancer-source-ranges': protects('node ports answer every client', {
    unless: ['false'],
  }),
  'do-loadbalancer-allow-rules': protects('clients from everywhere are let in, not only {}'),
  'do-loadbalancer-deny-rules': protects('the clients in {} are let in'),
  'do-loadbalancer-enable-proxy-protocol': changes(NO_PROXY_PROTOCOL, { unless: ['false'] }),
  'do-loadbalancer-protocol': changes('the port speaks HTTP, whatever {} is'),
  'do-loadbalancer-redirect-http-to-https': changes(
    'HTTP requests are answered, not redirected to HTTPS',
    { unless: ['false'], ...HTTPS_REDIRECT },
  ),
  'do-loadbalancer-sticky-sessions-type': changes(
    'clients do not keep to one endpoint by a cookie',
    { unless: ['none'], ...AFFINITY_COOKIE },
  ),
  'oci-load-balancer-internal': changes(ELSEWHERE, { unless: ['false'] }),
  'oci-load-balancer-security-list-management-mode': tunes(NO_BALANCER),
  'openstack-internal-load-balancer': changes(ELSEWHERE, { unless: ['false'] }),
  'scw-loadbalancer-proxy-protocol-v1': changes(NO_PROXY_PROTOCOL, { unless: ['false'] }),
  'scw-loadbalancer-proxy-protocol-v2': changes(NO_PROXY_PROTOCOL, { unless: ['false'] }),
  'alibaba-cloud-loadbalancer-address-type': changes(ELSEWHERE),
  'alibaba-cloud-loadbalancer-acl-*': protects('the access list keeps nobody out'),
  'linode-loadbalancer-firewall-*': protects('the firewall keeps nobody out'),
  'linode-loadbalancer-proxy-protocol': changes(NO_PROXY_PROTOCOL, { unless: ['none'] }),
  'alibaba-cloud-loadbalancer-*': tunes(NO_BALANCER),
  'aws-load-balancer-*': tunes(NO_BALANCER),
  'azure-*': tunes(NO_BALANCER),
  'do-loadbalancer-*': tunes(NO_BALANCER),
  'exoscale-loadbalancer-*': tunes(NO_BALANCER),
  'external-load-balancer': tunes(NO_BALANCER),
  'linode-loadbalancer-*': tunes(NO_BALANCER),
  'oci-load-balancer-*': tunes(NO_BALANCER),
  'openstack-*': tunes(NO_BALANCER),
  'ovh-loadbalancer-*': tunes(NO_BALANCER),
  'scw-loadbalancer-*': tunes(NO_BALANCER),
  'vultr-loadbalancer-*': tunes(NO_BALANCER),
};

/** `service.kubernetes.io/…`. */
export const PROVIDERS_WITHOUT_BETA: Facts = {
  'ibm-load-balancer-cloud-provider-*': tunes(NO_BALANCER),
  'qcloud-loadbalancer-*': tunes(NO_BALANCER),
  'local-svc-only-bind-node-with-pod': tunes(NO_BALANCER),
  'service-proxy-name': tunes('the Service is served whatever proxy it is for'),
};

/** `service.alpha.kubernetes.io/…`. */
export const ALPHA: Facts = {
  'tolerate-unready-endpoints': changes('Pods that are not ready get no requests', {
    unless: ['false'],
    remedy: 'write spec.publishNotReadyAddresses: true, as Kubernetes 1.24 asks for too',
  }),
};

/** Of MetalLB. */
export const METALLB: Facts = {
  'address-pool': tunes('no address is taken from the pool {}'),
  loadBalancerIPs: tunes('the address {} is not taken', {
    remedy: 'write it into status.loadBalancer.ingress to have it served',
  }),
  'allow-shared-ip': tunes('of two Services with one address and port the older has it'),
  'ip-allocated-from-pool': nothing,
};

/** Of DNS and addresses only: whatever it asks for, no load balancer is made. */
export const BALANCER_ONLY: Facts = { '*': tunes(NO_BALANCER) };
