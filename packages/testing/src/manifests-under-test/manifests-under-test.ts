import { compileWithStandIns, type CompiledWithStandIns } from '@portolan/compile';
import type { ManifestSource } from '@portolan/manifests';

import { FaultyManifests } from './faulty-manifests.ts';

/** YAML text, several texts with their names, or what `compileWithStandIns` made of them with options of your own. */
export type ManifestsUnderTest = CompiledWithStandIns | readonly ManifestSource[] | string;

/** How many texts are kept compiled; beyond that the one that was asked for longest ago goes. */
const KEPT = 16;

const keptByText = new Map<string, CompiledWithStandIns>();
const keptBySources = new WeakMap<readonly ManifestSource[], CompiledWithStandIns>();

/**
 * Manifests ready to be asked. What was compiled is kept, so that a test may name the manifests in every line.
 *
 * @throws {FaultyManifests} where an object would be missing, or where there is none
 * @throws {TypeError} for anything that is no manifests
 */
export function compiledManifests(manifests: ManifestsUnderTest): CompiledWithStandIns {
  const compiled = compiledOnce(manifests);
  const { diagnostics, manifests: objects } = compiled.compiled;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0 || objects.length === 0) throw new FaultyManifests(errors);
  return compiled;
}

function compiledOnce(manifests: ManifestsUnderTest): CompiledWithStandIns {
  if (typeof manifests === 'string') {
    return compiledText(manifests, () => compileWithStandIns(manifests));
  }
  if (isSources(manifests)) {
    const kept = keptBySources.get(manifests);
    if (kept !== undefined) return kept;
    const compiled = compiledText(JSON.stringify(manifests), () => compileWithStandIns(manifests));
    keptBySources.set(manifests, compiled);
    return compiled;
  }
  if (!isCompiled(manifests)) {
    throw new TypeError(
      'manifests must be YAML text, a list of { name, text }, or what compileWithStandIns returned',
    );
  }
  return manifests;
}

function compiledText(text: string, compile: () => CompiledWithStandIns): CompiledWithStandIns {
  const compiled = keptByText.get(text) ?? compile();
  // A Map goes by the order of insertion: the last one asked for comes last.
  keptByText.delete(text);
  keptByText.set(text, compiled);
  for (const oldest of keptByText.keys()) {
    if (keptByText.size <= KEPT) break;
    keptByText.delete(oldest);
  }
  return compiled;
}

function isSources(manifests: unknown): manifests is readonly ManifestSource[] {
  return Array.isArray(manifests);
}

/** Whoever writes JavaScript may hand over anything, a promise of the text for instance. */
function isCompiled(manifests: unknown): manifests is CompiledWithStandIns {
  return typeof manifests === 'object' && manifests !== null && 'compiled' in manifests;
}
