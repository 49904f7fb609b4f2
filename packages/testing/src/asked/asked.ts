import type { CompiledWithStandIns } from '@portolan/compile';
import { explain, type DescribedRequest, type Explanation } from '@portolan/explain';

/** A request, and where it goes according to these manifests. */
export interface Asked {
  readonly manifests: CompiledWithStandIns;
  readonly request: DescribedRequest;
  readonly explanation: Explanation;
}

/** @throws {RequestFault} for a request that can't be sent */
export function ask(manifests: CompiledWithStandIns, request: DescribedRequest): Asked {
  const { compiled, standIns } = manifests;
  const explanation = explain(compiled.snapshot, request, { trace: true, standIns });
  return { manifests, request, explanation };
}
