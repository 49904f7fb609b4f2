import { each, object, type Schema } from '../schema/object.ts';
import { boolean, int64, listOf, string, strings } from '../schema/values.ts';

const appArmorProfile = object({ ...each(string, 'localhostProfile type') });

const seccompProfile = object({ ...each(string, 'localhostProfile type') });

const seLinuxOptions = object({ ...each(string, 'level role type user') });

const windowsSecurityContextOptions = object({
  ...each(string, 'gmsaCredentialSpec gmsaCredentialSpecName runAsUserName'),
  hostProcess: boolean,
});

const sysctl = object({ ...each(string, 'name value') });

const capabilities = object({ ...each(strings, 'add drop') });

export const securityContext: Schema = object({
  ...each(boolean, 'allowPrivilegeEscalation privileged readOnlyRootFilesystem runAsNonRoot'),
  appArmorProfile,
  capabilities,
  procMount: string,
  ...each(int64, 'runAsGroup runAsUser'),
  seLinuxOptions,
  seccompProfile,
  windowsOptions: windowsSecurityContextOptions,
});

export const podSecurityContext: Schema = object({
  appArmorProfile,
  ...each(int64, 'fsGroup runAsGroup runAsUser'),
  ...each(string, 'fsGroupChangePolicy seLinuxChangePolicy supplementalGroupsPolicy'),
  runAsNonRoot: boolean,
  seLinuxOptions,
  seccompProfile,
  supplementalGroups: listOf(int64),
  sysctls: listOf(sysctl),
  windowsOptions: windowsSecurityContextOptions,
});
