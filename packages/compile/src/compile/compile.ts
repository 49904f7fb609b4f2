import type { Resource } from '@portolan/core';
import { createEngine, type Build, type EngineOptions } from '@portolan/engine';
import {
  parseManifests,
  type Diagnostic,
  type Manifest,
  type ManifestSource,
  type ParsedManifests,
  type PassedOver,
} from '@portolan/manifests';

import {
  defaultRouteProviders,
  defaultServiceTypes,
  type PluginOptions,
} from '../plugins/default-plugins.ts';
import { diagnose } from './diagnose.ts';
import { faultFinder, lastValid } from './last-valid.ts';

/** How manifests become a Snapshot. */
export interface CompileOptions extends PluginOptions, Partial<EngineOptions> {
  /** Objects that no manifest holds, such as stand-in Pods, for those that one does. */
  readonly resources?: (manifests: readonly Resource[]) => readonly Resource[];
}

/** A Snapshot, and everything worth saying about the manifests it was made of. */
export interface Compiled extends Build {
  /** What the Snapshot was made of: every object without a fault. */
  readonly manifests: readonly Manifest[];
  /** Those of them that are faulty now and were kept as they were before. */
  readonly kept: readonly Manifest[];
  /** Faults and doubts, each with its place: first those of reading, then those of putting together. */
  readonly diagnostics: readonly Diagnostic[];
  /** Documents of kinds that we don't know. */
  readonly passedOver: readonly PassedOver[];
}

/** One manifest as text, several with their names, or what `parseManifests` made of them. */
export type ManifestInput = ParsedManifests | readonly ManifestSource[] | string;

/**
 * From manifests to a Snapshot. Never throws for bad manifests: what is good in them is in the Snapshot, and what isn't
 * is in `diagnostics`.
 *
 * @param before What was made of these manifests earlier: an object that was valid then and is faulty now is kept as it was.
 */
export function compile(
  input: ManifestInput,
  options: CompileOptions = {},
  before?: Compiled,
): Compiled {
  const parsed = parse(input);
  const compiled = compileParsed(parsed, options);
  const kept = lastValid(before?.manifests ?? [], compiled);
  if (kept.length === 0) return compiled;
  const manifests = [...compiled.manifests, ...kept];
  const recompiled = compileParsed({ ...parsed, manifests }, options);
  // What is kept no longer has the faults that it is kept for.
  const faults = compiled.diagnostics
    .slice(parsed.diagnostics.length)
    .filter(({ severity }) => severity === 'error');
  return { ...recompiled, kept, diagnostics: [...recompiled.diagnostics, ...faults] };
}

function compileParsed(parsed: ParsedManifests, options: CompileOptions): Compiled {
  const engine = createEngine({
    ...options,
    serviceTypes: options.serviceTypes ?? defaultServiceTypes(options),
    routeProviders: options.routeProviders ?? defaultRouteProviders(options),
  });
  const resources = parsed.manifests.map((manifest) => manifest.resource);
  const build = engine.build([...resources, ...(options.resources?.(resources) ?? [])]);
  const diagnostics = diagnose(build.conditions, parsed.manifests);
  const isFaulty = faultFinder(diagnostics);
  return {
    ...build,
    manifests: parsed.manifests.filter((manifest) => !isFaulty(manifest)),
    kept: [],
    diagnostics: [...parsed.diagnostics, ...diagnostics],
    passedOver: parsed.passedOver,
  };
}

function parse(input: ManifestInput): ParsedManifests {
  if (typeof input === 'string') return parseManifests([{ name: 'manifests', text: input }]);
  return 'manifests' in input ? input : parseManifests(input);
}
