import { CERTIFICATE, HTTPS_REDIRECT } from '../equivalent.ts';
import { changes, nothing, tunes, type Facts } from '../fact.ts';

const NO_BALANCER = 'no Google Cloud load balancer is made';

/** `kubernetes.io/ingress.…`. Source: GKE documentation, Ingress for Application Load Balancers. */
export const GOOGLE_KUBERNETES: Facts = {
  'ingress.allow-http': changes('requests in the clear are answered too', {
    unless: ['true'],
    ...HTTPS_REDIRECT,
  }),
  'ingress.global-static-ip-name': tunes('the address {} is not taken'),
  'ingress.regional-static-ip-name': tunes('the address {} is not taken'),
  'change-cause': nothing,
  'tls-acme': tunes('it is for cert-manager, which goes on reading it'),
};

/** `networking.gke.io/…`. */
export const GOOGLE_NETWORKING: Facts = {
  'managed-certificates': tunes('certificate {} is not served', CERTIFICATE),
  'v1beta1.FrontendConfig': changes(
    'nothing of FrontendConfig {} is done, such as redirecting HTTP to HTTPS',
    HTTPS_REDIRECT,
  ),
  'load-balancer-type': changes('who can reach it depends on where Portolan runs, not on {}'),
  'internal-load-balancer-*': tunes(NO_BALANCER),
};

/** `cloud.google.com/…`. */
export const GOOGLE_CLOUD: Facts = {
  'app-protocols': changes('ports are spoken to without TLS unless their appProtocol is https', {
    remedy: 'write appProtocol: https at the port',
  }),
  'backend-config': changes(
    'nothing of the BackendConfig is done: access by Cloud Armor or Identity-Aware Proxy, affinity, timeouts',
  ),
  'load-balancer-type': changes('who can reach it depends on where Portolan runs, not on {}'),
  neg: tunes('the endpoints themselves are called, without network endpoint groups'),
  'neg-status': nothing,
  'l4-rbs': tunes(NO_BALANCER),
  'network-tier': tunes(NO_BALANCER),
};

/** `ingress.gcp.kubernetes.io/…` and `ingress.kubernetes.io/…`, most of which the controller writes. */
export const GOOGLE_CERTIFICATES: Facts = {
  'pre-shared-cert': tunes('certificate {} is not served', CERTIFICATE),
};
