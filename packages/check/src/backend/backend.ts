import type { ObjectKey } from '@portolan/core';
import { findPort, findService, type SnapshotService } from '@portolan/engine';
import type { BackendRef, Route } from '@portolan/routing';

import { absentServices, type AbsentService } from '../absent-service/absent-service.ts';
import { findingAt, relatedPlace, type Said } from '../finding/at.ts';
import type { Finding, RelatedPlace } from '../finding/finding.ts';
import type { ManifestOf } from '../subject/manifest-index.ts';
import type { Rule, Subject } from '../subject/subject.ts';
import { portRemedy } from './port-remedy.ts';

/** Backends of Ingresses that lead nowhere, each at the field that is to blame, with what was perhaps meant. */
export const backends: Rule = (subject) => {
  const absent = absentServices(subject);
  return subject.compiled.routes.flatMap((route) => {
    const { kind, namespace, name } = route.source;
    if (kind !== 'Ingress') return [];
    const ingress = subject.manifests.find(kind, `${namespace}/${name}`);
    return ingress ? faultsOf(route, ingress, { subject, absent }) : [];
  });
};

interface Looking {
  readonly subject: Subject;
  readonly absent: AbsentService;
}

function faultsOf(
  { source, rules, defaultBackend }: Route,
  ingress: ManifestOf<'Ingress'>,
  looking: Looking,
): readonly Finding[] {
  const all = [
    ...rules.map((rule) => ({ ...rule, at: `${rule.field}.backend` })),
    ...(defaultBackend ? [{ ...defaultBackend, at: defaultBackend.field }] : []),
  ];
  return all.flatMap(({ backends: each, field, at }) =>
    each.flatMap((backend) => {
      const fault = faultOf(backend, looking);
      if (fault === undefined) return [];
      const { code, member, message, ...rest } = fault;
      // It is wrong all the same where another rule has the requests.
      const isUnused = looking.subject.isUnused(source, field);
      return findingAt(ingress, `${at}.${member}`, code, {
        ...rest,
        severity: isUnused ? 'warning' : 'error',
        message: isUnused ? message : `${message}: requests get a 503`,
      });
    }),
  );
}

interface BackendFault extends Omit<Said, 'severity'> {
  readonly code: string;
  /** The field below the backend's. */
  readonly member: string;
}

function faultOf(backend: BackendRef, looking: Looking): BackendFault | undefined {
  if (backend.group !== '' || backend.kind !== 'Service') {
    const kind = backend.group === '' ? backend.kind : `${backend.kind}.${backend.group}`;
    return {
      code: 'InvalidKind',
      member: 'resource',
      message: `nothing here serves backends of kind ${kind}`,
      remedy: 'lead the rule to a Service',
    };
  }
  const key: ObjectKey = `${backend.namespace}/${backend.name}`;
  const service = findService(looking.subject.compiled.snapshot, key);
  if (service === undefined) {
    return { code: 'BackendNotFound', member: 'service.name', ...looking.absent(key) };
  }
  if (service.refusal !== undefined) {
    return {
      code: service.refusal.refused,
      member: 'service.name',
      message: `Service ${key} is not called: ${service.refusal.message}`,
      related: placeOf(key, 'spec.externalName', looking.subject),
    };
  }
  return portFault(key, backend.port, service, looking.subject);
}

function portFault(
  key: ObjectKey,
  wanted: number | string | undefined,
  service: SnapshotService,
  subject: Subject,
): BackendFault | undefined {
  const port = findPort(service, wanted);
  if (port?.protocol === 'TCP') return undefined;
  const common = {
    member: `service.port.${typeof wanted === 'number' ? 'number' : 'name'}`,
    related: placeOf(key, 'spec.ports', subject),
  };
  if (port !== undefined) {
    const message = `port ${String(wanted)} of Service ${key} carries ${port.protocol}, not TCP`;
    return { ...common, code: 'UnsupportedProtocol', message };
  }
  return {
    ...common,
    code: 'BackendNotFound',
    message: `Service ${key} has no port ${String(wanted)}`,
    remedy: portRemedy(subject.manifests.find('Service', key)?.resource.spec.ports, wanted),
  };
}

function placeOf(key: ObjectKey, field: string, { manifests }: Subject): readonly RelatedPlace[] {
  const manifest = manifests.find('Service', key);
  return manifest ? [relatedPlace(manifest, field, `Service ${key} is here`)] : [];
}
