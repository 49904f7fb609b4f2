import type { JSX } from 'preact';

/** Of a workload, at most. */
const MOST = 50;

export interface ReplicasProps {
  /** `Kind namespace/name` */
  readonly workload: string;
  readonly replicas: number;
  readonly onScale: (workload: string, replicas: number) => void;
}

/** How many Pods a workload has: one less, one more. */
export function Replicas({ workload, replicas, onScale }: ReplicasProps): JSX.Element {
  const scale = (to: number): void => {
    if (to >= 0 && to <= MOST) onScale(workload, to);
  };
  return (
    <div class="pc-replicas" role="group" aria-label={`Pods of ${workload}`}>
      <span class="pc-workload">{workload}</span>
      <button
        type="button"
        aria-label={`One Pod less of ${workload}`}
        aria-disabled={replicas <= 0}
        onClick={() => {
          scale(replicas - 1);
        }}
      >
        −
      </button>
      <output aria-label={`Pods of ${workload}`}>{replicas}</output>
      <button
        type="button"
        aria-label={`One Pod more of ${workload}`}
        aria-disabled={replicas >= MOST}
        onClick={() => {
          scale(replicas + 1);
        }}
      >
        +
      </button>
    </div>
  );
}
