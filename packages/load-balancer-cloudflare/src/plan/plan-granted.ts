import type { Surroundings } from '../api/read-surroundings.ts';
import type { Desired } from '../desired/desired-state.ts';
import { isRefusal } from '../desired/refusal.ts';
import type { Refusal } from '../desired/refusal.ts';
import { planChanges } from './plan-changes.ts';
import type { Plan } from './plan.ts';

/** The changes for what a Service asks for and nobody else has, and what it has then. What is refused is taken back. */
export function planGranted(
  desired: Desired | Refusal,
  { ours, takenBy }: Surroundings,
): Pick<Plan, 'changes' | 'provision'> {
  if (isRefusal(desired)) return refused(desired);
  const { state, ports, shortfalls } = desired;
  const hostname = state.loadBalancer.name;
  const holder = takenBy.get(hostname);
  // A load balancer goes before the records of its name, so what is added beside ours takes nothing from it.
  const isOurs = ours['load balancer'].some(({ name }) => name === hostname);
  if (holder !== undefined && !isOurs) return refused(taken(hostname, holder));

  const refusals = [...shortfalls];
  const records = state.records.filter(({ name }) => {
    const other = takenBy.get(name);
    if (other !== undefined) refusals.push(taken(name, other));
    return other === undefined;
  });
  const [first] = refusals;
  return {
    changes: planChanges({ ...state, records }, ours),
    provision: {
      ingress: [{ hostname, ports }],
      ...(first !== undefined && {
        refusal: {
          reason: first.reason,
          message: refusals.map(({ message }) => message).join(' '),
        },
      }),
    },
  };

  function refused(refusal: Refusal): Pick<Plan, 'changes' | 'provision'> {
    return { changes: planChanges(undefined, ours), provision: { ingress: [], refusal } };
  }
}

function taken(name: string, holder: string): Refusal {
  return {
    reason: 'HostnameTaken',
    message: `${name} is left alone: ${holder} of somebody else has it.`,
  };
}
