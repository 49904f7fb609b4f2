import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact/jsx-runtime';

import type { EngineFault } from './state.ts';

export interface EngineNoticeProps {
  readonly busy: boolean;
  readonly fault: EngineFault | undefined;
  readonly onRestart: () => void;
}

/** After this time, in milliseconds, an engine that doesn't answer may be given up. */
const PATIENCE = 10_000;

/** What is wrong with the engine itself, and the way out. */
export function EngineNotice({ busy, fault, onRestart }: EngineNoticeProps): JSX.Element | null {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!busy) return setSlow(false);
    const timer = setTimeout(() => setSlow(true), PATIENCE);
    return () => clearTimeout(timer);
  }, [busy]);
  if (fault === undefined && !slow) return null;
  return (
    <div class="p-notice p-notice--wrong" role="alert">
      <p>
        {fault === undefined
          ? 'The engine has not answered for ten seconds.'
          : fault.ended
            ? `The engine has ended: ${fault.message}. What you wrote is still here.`
            : `The engine failed: ${fault.message}. That is a fault of the playground, not of the manifests.`}
      </p>
      <button type="button" class="p-button" onClick={onRestart}>
        Start it again
      </button>
    </div>
  );
}
