import type { Diagnostic } from '@portolan/manifests';
import { ANNOTATION_NAMES } from '@portolan/settings';

import { CATALOGUE } from '../catalogue/catalogue.ts';
import { holdersOf, type Holders } from '../collision/holders.ts';
import { conflict, conflictsOf } from '../conflict/conflict.ts';
import { relatedPlace } from '../finding/at.ts';
import type { Finding, Severity } from '../finding/finding.ts';
import { similarNames } from '../similar-name/similar-name.ts';
import type { Rule, Subject } from '../subject/subject.ts';

/** What reading and compiling had to say: each with the severity that it has here, and the other places it speaks of. */
export const diagnosed: Rule = (subject) => {
  const conflicts = conflictsOf(subject);
  const holders = holdersOf(subject);
  return subject.compiled.diagnostics
    .filter((diagnostic) => !isSaidElsewhere(diagnostic, subject))
    .map((diagnostic) => {
      const finding = { ...diagnostic, severity: severityOf(diagnostic) };
      switch (diagnostic.code) {
        case 'Conflicted':
          return conflict(finding, conflicts);
        case 'DuplicateObject':
          return withCounting(finding, subject);
        case 'Invalid':
          return withHolders(finding, holders);
        case 'UnknownAnnotation':
          return withSimilarAnnotation(finding);
        case 'TLSNotTerminated':
          return {
            ...finding,
            remedy:
              'portolan serve --https ends it with the Secrets named; elsewhere have a certificate where TLS ends',
          };
        default:
          return finding;
      }
    });
};

const BACKEND_CODES: ReadonlySet<string> = new Set([
  'BackendNotFound',
  'InvalidKind',
  'UnsupportedProtocol',
]);

/** One annotation at a time; backends and addresses at the very field; of TLS where it ends, once that is known. */
function isSaidElsewhere({ code, object }: Diagnostic, { target }: Subject): boolean {
  if (code === 'TLSNotTerminated') return target !== undefined;
  if (code === 'UnsupportedAnnotations' || code === 'PortUnavailable') return true;
  return object?.kind === 'Ingress' && BACKEND_CODES.has(code);
}

/** A rule that is dropped is no mere warning: its requests certainly go elsewhere. An annotation's default may well be meant. */
function severityOf({ severity, code, field = '' }: Diagnostic): Severity {
  if (severity === 'error') return 'error';
  const usual = CATALOGUE[code]?.severity;
  if (usual === 'notice') return 'notice';
  const isDroppedRule = code === 'UnsupportedValue' && !field.startsWith('metadata.');
  return isDroppedRule || BACKEND_CODES.has(code) ? 'error' : 'warning';
}

function withCounting(finding: Finding, { manifests }: Subject): Finding {
  const { object } = finding;
  if (object === undefined) return finding;
  const key = `${object.namespace || 'default'}/${object.name}` as const;
  const counting = manifests.findAny(object.kind, key);
  if (counting === undefined) return finding;
  return { ...finding, related: [relatedPlace(counting, '', 'this one counts')] };
}

const ANNOTATIONS = similarNames(ANNOTATION_NAMES);

function withSimilarAnnotation(finding: Finding): Finding {
  const [, name = ''] = /\[(.*)\]$/u.exec(finding.field ?? '') ?? [];
  // Whoever knows the options may have written a name as it is there.
  const written = name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
  const meant = ANNOTATION_NAMES.includes(written) ? written : ANNOTATIONS.to(written)[0];
  return meant === undefined ? finding : { ...finding, remedy: `did you mean ${meant}?` };
}

function withHolders(finding: Finding, holders: Holders): Finding {
  const related = holders(finding);
  return related.length === 0 ? finding : { ...finding, related };
}
