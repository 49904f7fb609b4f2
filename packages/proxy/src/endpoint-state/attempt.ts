import type { Endpoint } from '@portolan/core';
import type { ResolvedSettings } from '@portolan/settings';

import { dueForTrial, ejected, returned, type Ejected, type InUse } from './ejection.ts';
import type { Attempt } from './endpoint-state-store.ts';
import { mayBeEjected, setStanding, type EndpointState, type PortState } from './endpoint-state.ts';
import { addRequest } from './load.ts';

/** What an attempt is made with. */
export interface Attempted {
  readonly port: PortState;
  readonly state: EndpointState;
  readonly settings: ResolvedSettings;
  readonly endpoints: readonly Endpoint[];
  readonly now: () => number;
  /** Is called once, at the end. */
  readonly onEnd: () => void;
}

/** Answers of an endpoint that says of itself, or of what is behind it, that it can't. */
const FAILURES: ReadonlySet<number> = new Set([502, 503, 504]);

/** Counts one request, and what comes of it, for or against its endpoint. */
export function beginAttempt(attempted: Attempted): Attempt {
  const { state, settings, now } = attempted;
  const { load, standing } = state;
  let isPending = true;
  let isUnderWay = true;
  const trial = dueForTrial(standing, now);
  if (trial !== undefined) trial.isOnTrial = true;
  addRequest(load, settings);

  const learn = (isFailure: boolean): void => {
    if (!isPending) return;
    isPending = false;
    load.pending -= 1;
    // What began before the last ejection or return has no say, nor has what was sent in spite of an ejection.
    if (state.standing !== standing) return;
    if (trial !== undefined) decide(attempted, trial, isFailure);
    else if (!standing.isEjected) count(attempted, standing, isFailure);
  };
  return {
    answered: (status) => learn(FAILURES.has(status)),
    failed: () => learn(true),
    ended: () => {
      if (!isUnderWay) return;
      isUnderWay = false;
      load.requests -= 1;
      if (isPending) {
        isPending = false;
        load.pending -= 1;
        if (trial !== undefined) trial.isOnTrial = false;
      }
      attempted.onEnd();
    },
  };
}

/** What a request to an endpoint in use says of it. */
function count(
  { port, state, settings, endpoints, now }: Attempted,
  standing: InUse,
  isFailure: boolean,
): void {
  standing.failures = isFailure ? standing.failures + 1 : 0;
  const { ejectionFailures, ejectionTime } = settings;
  if (ejectionFailures === 0 || standing.failures < ejectionFailures) return;
  if (mayBeEjected(port, state, endpoints, settings)) {
    setStanding(port, state, ejected(standing, ejectionTime, now()));
  }
}

/** What the trial request says of an ejected endpoint. */
function decide(
  { port, state, settings, endpoints, now }: Attempted,
  standing: Ejected,
  isFailure: boolean,
): void {
  const { ejectionFailures, ejectionTime } = settings;
  const staysOut =
    isFailure && ejectionFailures > 0 && mayBeEjected(port, state, endpoints, settings);
  const next = staysOut ? ejected : returned;
  setStanding(port, state, next(standing, ejectionTime, now()));
}
