import { setImmediate } from 'node:timers/promises';

import { compile, compileWithStandIns, type Compiled } from '@portolan/compile';
import { objectKey, type Node, type Resource } from '@portolan/core';
import { nodeOfThisMachine, thisNode, turns, type Host } from '@portolan/host';
import { parseManifests, type ParsedManifests } from '@portolan/manifests';
import type { StandInPlan } from '@portolan/stand-ins';
import { startStandIns, type StandIns } from '@portolan/stand-ins/serve';

import type { Configuration } from '../config/schema.ts';
import { readAgain } from './read-again.ts';
import type { ServeSettings } from './serve-settings.ts';

export interface ServeManifestsOptions {
  readonly host: Pick<Host, 'update'>;
  readonly paths: readonly string[];
  readonly namespace?: string;
  readonly configuration: Configuration;
  readonly settings: Pick<ServeSettings, 'node' | 'nodeAddresses' | 'standIns' | 'zone'>;
  /** Is told what was read, before it is served. */
  readonly onCompiled: (compiled: Compiled) => void;
}

/** Manifests that a host serves, and the local servers that stand in for their Pods. */
export interface ServedManifests {
  /**
   * Reads them again once nobody writes to them, and serves what has become of them: what is faulty now stays as it was. Whoever
   * asks meanwhile shares the next turn. Nothing is done after `end`.
   */
  readonly reload: () => Promise<void>;
  /** Whether all of them could be read the last time. */
  readonly isWhole: () => boolean;
  /** What is being reloaded goes on; nothing else is from now on. */
  readonly end: () => void;
  readonly close: () => Promise<void>;
}

const NOTHING: StandInPlan = { pods: [], nodes: [], servers: [], owners: {} };

export function serveManifests(options: ServeManifestsOptions): ServedManifests {
  const { host, paths, configuration, onCompiled } = options;
  const { namespace: defaultNamespace = configuration.namespace } = options;
  const read = readAgain(paths);
  let isWhole = true;
  /** What was read when not all could be. */
  let part = '';
  let before: Compiled | undefined;
  let plan = NOTHING;
  let standIns: StandIns | undefined;
  let hasEnded = false;

  const reload = turns(async () => {
    if (hasEnded) return;
    const { sources, diagnostics: unread, ...files } = await read();
    ({ isWhole } = files);
    const partBefore = part;
    part = isWhole ? '' : JSON.stringify([sources, unread]);
    // The same as the last time, and nothing new to tell.
    if (!isWhole && part === partBefore) return;
    const { diagnostics, ...rest } = parseManifests(sources, { defaultNamespace });
    const parsed: ParsedManifests = { ...rest, diagnostics: [...unread, ...diagnostics] };
    // To read thousands of objects, and to put them together, takes a while each: what came meanwhile is answered in between.
    await setImmediate();
    if (hasEnded) return;
    if (!options.settings.standIns) {
      before = compile(parsed, configuration, before);
      onCompiled(before);
      await setImmediate();
      if (hasEnded) return;
      await host.update(before.manifests.map(({ resource }) => resource));
      return;
    }
    const next = compileWithStandIns(withThisNode(parsed, options.settings), configuration, before);
    before = next.compiled;
    onCompiled(next.compiled);
    // Servers of Pods that go answer until nobody is sent to them any more.
    const both = { ...next.plan, ...together(plan, next.plan) };
    if (standIns === undefined) standIns = await startStandIns(both);
    else await standIns.update(both);
    if (hasEnded) return;
    await host.update(withPods(next), standIns.overrides);
    ({ plan } = next);
    await standIns.update(plan);
  });
  const end = (): void => {
    hasEnded = true;
  };
  return {
    reload,
    isWhole: () => isWhole,
    end,
    close: async () => {
      end();
      // A turn in which nothing is done comes after the last one in which something was.
      await reload();
      await standIns?.close();
    },
  };
}

/** Stand-ins run on this machine: it is a Node among those given, unless one of them is it. */
function withThisNode(
  parsed: ParsedManifests,
  { node: name, zone, nodeAddresses: addresses }: ServeManifestsOptions['settings'],
): ParsedManifests {
  const nodes = parsed.manifests
    .map(({ resource }) => resource)
    .filter((resource): resource is Node => resource.kind === 'Node');
  if (nodeOfThisMachine(nodes, { name, addresses }) !== undefined) return parsed;
  const start = { line: 1, column: 1 };
  const resource = thisNode({ name, zone, addresses });
  const manifest = { resource, file: 'this machine', ...start, locate: () => start };
  return { ...parsed, manifests: [...parsed.manifests, manifest] };
}

/** The servers of both plans, and the Pods of both: a Pod as it is now. */
function together(one: StandInPlan, other: StandInPlan): Pick<StandInPlan, 'pods' | 'servers'> {
  const pods = new Map([...one.pods, ...other.pods].map((pod) => [objectKey(pod), pod]));
  const servers = new Map(
    [...one.servers, ...other.servers].map((each) => [`${each.address} ${each.port}`, each]),
  );
  return { pods: [...pods.values()], servers: [...servers.values()] };
}

/** The objects of manifests, with the Pods that are stood in for. */
function withPods({
  compiled,
  plan,
}: {
  readonly compiled: Compiled;
  readonly plan: StandInPlan;
}): readonly Resource[] {
  const pods = new Set(plan.pods.map(objectKey));
  const given = compiled.manifests
    .map(({ resource }) => resource)
    .filter((resource) => resource.kind !== 'Pod' || !pods.has(objectKey(resource)));
  return [...given, ...plan.pods];
}
