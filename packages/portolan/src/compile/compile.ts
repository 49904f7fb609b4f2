import type { Resource } from '@portolan/core';
import { createEngine, type Build, type EngineOptions } from '@portolan/engine';
import {
  parseManifests,
  type Diagnostic,
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

/** How manifests become a Snapshot. */
export interface CompileOptions extends PluginOptions, Partial<EngineOptions> {
  /** Objects that no manifest holds, such as stand-in Pods. */
  readonly resources?: readonly Resource[];
}

/** A Snapshot, and everything worth saying about the manifests it was made of. */
export interface Compiled extends Build {
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
 */
export function compile(input: ManifestInput, options: CompileOptions = {}): Compiled {
  const parsed = parse(input);
  const engine = createEngine({
    ...options,
    serviceTypes: options.serviceTypes ?? defaultServiceTypes(options),
    routeProviders: options.routeProviders ?? defaultRouteProviders(options),
  });
  const build = engine.build([
    ...parsed.manifests.map((manifest) => manifest.resource),
    ...(options.resources ?? []),
  ]);
  return {
    ...build,
    diagnostics: [...parsed.diagnostics, ...diagnose(build.conditions, parsed.manifests)],
    passedOver: parsed.passedOver,
  };
}

function parse(input: ManifestInput): ParsedManifests {
  if (typeof input === 'string') return parseManifests([{ name: 'manifests', text: input }]);
  return 'manifests' in input ? input : parseManifests(input);
}
