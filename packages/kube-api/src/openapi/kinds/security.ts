import {
  boolean,
  each,
  int64,
  listOf,
  string,
  strings,
  struct,
  type Struct,
} from '../schema/schema.ts';

const appArmorProfile = struct('core.v1.AppArmorProfile', {
  ...each(string, 'localhostProfile type'),
});

const seccompProfile = struct('core.v1.SeccompProfile', {
  ...each(string, 'localhostProfile type'),
});

const seLinuxOptions = struct('core.v1.SELinuxOptions', {
  ...each(string, 'level role type user'),
});

const windowsSecurityContextOptions = struct('core.v1.WindowsSecurityContextOptions', {
  ...each(string, 'gmsaCredentialSpec gmsaCredentialSpecName runAsUserName'),
  hostProcess: boolean,
});

const sysctl = struct('core.v1.Sysctl', { ...each(string, 'name value') });

const capabilities = struct('core.v1.Capabilities', { ...each(strings, 'add drop') });

export const securityContext: Struct = struct('core.v1.SecurityContext', {
  ...each(boolean, 'allowPrivilegeEscalation privileged readOnlyRootFilesystem runAsNonRoot'),
  appArmorProfile,
  capabilities,
  procMount: string,
  ...each(int64, 'runAsGroup runAsUser'),
  seLinuxOptions,
  seccompProfile,
  windowsOptions: windowsSecurityContextOptions,
});

export const podSecurityContext: Struct = struct('core.v1.PodSecurityContext', {
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
