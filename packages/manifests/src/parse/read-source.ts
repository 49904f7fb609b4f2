import type { DiagnosedObject, Diagnostic } from '../diagnostic/diagnostic.ts';
import { readDocuments, type ReadDocument } from '../document/read-documents.ts';
import { findKind } from '../kinds/kinds.ts';
import { lineIndex, type Position } from '../position/line-index.ts';
import { child } from '../tree/tree.ts';
import type { Finding } from './finding.ts';
import { identify, refuseVersion } from './identify.ts';
import { listItems, type FoundObject } from './list-items.ts';
import type { Manifest, ManifestSource, ParsedManifests, PassedOver } from './manifest.ts';
import { diagnosedObject, locateField, readObject } from './read-object.ts';

/** Reads one file. An object that stands in it twice is in the result twice. */
export function readSource(source: ManifestSource, defaultNamespace: string): ParsedManifests {
  const file = source.name;
  const text = source.text.replace(/^\uFEFF/u, '');
  const documents = readDocuments(file, text);
  if (source.discovered && !documents.some(claimsObject)) {
    return { manifests: [], diagnostics: [], passedOver: [{ file, line: 1 }] };
  }
  const reading: Reading = {
    file,
    at: lineIndex(text),
    defaultNamespace,
    manifests: [],
    diagnostics: [],
    passedOver: [],
    isTemplate: false,
  };
  for (const document of documents) {
    if (document.fault) {
      readFault(document, reading);
    } else {
      for (const found of listItems({ tree: document.tree })) readFound(found, reading);
    }
  }
  return reading;
}

/** State of the reading of one file. */
interface Reading {
  readonly file: string;
  readonly at: (offset: number) => Position;
  readonly defaultNamespace: string;
  readonly manifests: Manifest[];
  readonly diagnostics: Diagnostic[];
  readonly passedOver: PassedOver[];
  /** Whether it was reported that this is one. */
  isTemplate: boolean;
}

// It stays on one line, so that blank lines are not gone over again from each of them.
const CLAIM = /(?:^|[{,])[ \t]*["']?(?:apiVersion|kind)["']?[ \t]*:/mu;

/** Whether a document looks as if it were meant for Kubernetes. */
function claimsObject(document: ReadDocument): boolean {
  if (document.fault) return CLAIM.test(document.document.text);
  const { tree } = document;
  return child(tree, 'apiVersion') !== undefined || child(tree, 'kind') !== undefined;
}

function report(reading: Reading, finding: Finding, object?: DiagnosedObject): void {
  const { offset, ...said } = finding;
  const { file, at } = reading;
  reading.diagnostics.push({ ...said, file, ...at(offset), ...(object && { object }) });
}

/** What stands in the way of reading a document. Templates are full of it, and one word is enough for all of a file's. */
function readFault(
  { fault, document }: Extract<ReadDocument, { readonly fault: Error }>,
  reading: Reading,
): void {
  const action = document.text.indexOf('{{');
  if (action === -1) {
    const { message, offset } = fault;
    report(reading, { severity: 'error', code: 'InvalidSyntax', message, offset });
  } else if (!reading.isTemplate) {
    reading.isTemplate = true;
    report(reading, {
      severity: 'error',
      code: 'Template',
      message:
        'this is a template with {{ … }} in it, not a manifest: render it first, as `helm template` does',
      offset: document.offset + action,
    });
  }
}

function readFound(found: FoundObject, reading: Reading): void {
  const { tree } = found;
  const { file, at, defaultNamespace } = reading;
  const identity = identify(found);
  if ('severity' in identity) return report(reading, identity);
  const { apiVersion, kind: name } = identity;
  const kind = findKind(apiVersion, name);
  const namespaced = kind?.namespaced ?? true;
  const object = diagnosedObject(tree, identity, namespaced, defaultNamespace);
  if (kind === undefined) {
    const finding = refuseVersion(tree, identity);
    if (finding) return report(reading, finding, object);
    const { line } = at(tree.offset);
    reading.passedOver.push({ file, line, ...identity, ...(object.name && { name: object.name }) });
    return;
  }
  const { resource, findings } = readObject(tree, kind, object);
  for (const finding of findings) report(reading, finding, object);
  if (resource) {
    const locate = (field: string): Position => at(locateField(tree, field));
    reading.manifests.push({ resource, file, ...at(tree.offset), locate });
  }
}
