export { ALIASES_ANNOTATION, HOSTNAME_ANNOTATION } from './desired/host-names.ts';
export { formatPlan } from './plan/format-plan.ts';
export type { Change, ChangeOf, CreatedID, FieldsOf, Kind, Plan } from './plan/plan.ts';
export {
  cloudflareLoadBalancers,
  type CloudflareLoadBalancers,
  type CloudflareLoadBalancersOptions,
} from './provider/cloudflare-load-balancers.ts';
export type { CloudflareAccess } from './api/cloudflare-api.ts';
