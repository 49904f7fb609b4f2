import { objectKey, type ObjectKey } from '@portolan/core';
import { planStandIns, type StandInPlan } from '@portolan/stand-ins';

import {
  compile,
  type Compiled,
  type CompileOptions,
  type ManifestInput,
} from '../compile/compile.ts';

/** A Snapshot in which somebody stands in for every Pod that the manifests only announce. */
export interface CompiledWithStandIns {
  readonly compiled: Compiled;
  /** Who that is. */
  readonly plan: StandInPlan;
  /** The Pods of the plan: their addresses are not those that a cluster would give them. */
  readonly standIns: ReadonlySet<ObjectKey>;
}

/**
 * Compiles manifests as a cluster would run them: the Pods of workloads, and Pods that have no address yet, are there and
 * ready, and so is a node where none is given. See `planStandIns`.
 *
 * @param before What was made of these manifests earlier: an object that was valid then and is faulty now is kept as it was.
 */
export function compileWithStandIns(
  input: ManifestInput,
  options: Omit<CompileOptions, 'resources'> = {},
  before?: Compiled,
): CompiledWithStandIns {
  let plan: StandInPlan = { pods: [], nodes: [], servers: [], owners: {} };
  const compiled = compile(
    input,
    {
      ...options,
      resources: (given) => {
        plan = planStandIns(given);
        return [...plan.nodes, ...plan.pods];
      },
    },
    before,
  );
  return { compiled, plan, standIns: new Set(plan.pods.map(objectKey)) };
}
