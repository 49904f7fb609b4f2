export type { Identity, Role, Token } from './access/access.ts';
export { REGISTERED_BY } from './access/authorize.ts';
export type { Admission, Admitted, Attempt } from './admission/admission.ts';
export { createKubeAPI, type KubeAPI, type KubeAPIOptions } from './api/kube-api.ts';
export type { AuditEvent } from './audit/audit.ts';
export type { BulkHeader, BulkLine, BulkResult, BulkScope } from './bulk/bulk.ts';
