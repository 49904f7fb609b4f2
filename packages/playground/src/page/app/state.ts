import type { DescribedRequest } from '@portolan/explain';

import type { Report, SourceReport, View } from '../../protocol/report.ts';
import {
  NO_CHANGES,
  type PodChange,
  type PodChanges,
  type Scenario,
} from '../../scenario/scenario.ts';

/** All that the page knows. What is drawn follows from it. */
export interface State {
  readonly scenario: Scenario;
  /** Rises whenever manifests come from elsewhere than the editor, which has to show them then. */
  readonly opened: number;
  readonly filter: string;
  readonly source?: SourceReport;
  readonly view?: View;
  readonly fault?: EngineFault;
  readonly notice?: Notice;
}

export interface EngineFault {
  readonly message: string;
  /** The engine is gone, and has to be started again. */
  readonly ended: boolean;
}

/** Something that is said once. */
export interface Notice {
  readonly text: string;
  readonly tone: 'plain' | 'wrong';
  /** What was there before something else was opened, which can be had back: nothing that was typed is lost. */
  readonly before?: Scenario;
}

export type Action =
  | { readonly kind: 'typed'; readonly manifests: string }
  | { readonly kind: 'asked'; readonly request: DescribedRequest }
  | { readonly kind: 'filtered'; readonly text: string }
  | { readonly kind: 'pod'; readonly key: string; readonly change: PodChange | undefined }
  | { readonly kind: 'scaled'; readonly workload: string; readonly replicas: number }
  | { readonly kind: 'reset pods' }
  | {
      /** In place of what is there, which can be had back. */
      readonly kind: 'opened';
      readonly scenario: Scenario;
      /** What it is, as a sentence. */
      readonly text: string;
      /** What is at hand at any time: where one of these was there, nothing is lost, and nothing is said. */
      readonly at?: readonly Scenario[];
    }
  | { readonly kind: 'taken back' }
  | { readonly kind: 'reported'; readonly report: Report }
  | { readonly kind: 'restarted' }
  | { readonly kind: 'noticed'; readonly notice: Notice }
  | { readonly kind: 'read' };

/** The state before anything was read or asked. */
export function stateOf(scenario: Scenario): State {
  return { scenario, opened: 0, filter: '' };
}

/** The state after something happened. */
export function reduce(state: State, action: Action): State {
  const { scenario } = state;
  switch (action.kind) {
    case 'typed':
      return { ...state, scenario: { ...scenario, manifests: action.manifests } };
    case 'asked':
      return { ...state, scenario: { ...scenario, request: action.request } };
    case 'filtered':
      return { ...state, filter: action.text };
    case 'pod':
      return { ...state, scenario: { ...scenario, pods: withPod(scenario.pods, action) } };
    case 'scaled': {
      const replicas = { ...scenario.pods.replicas, [action.workload]: action.replicas };
      return { ...state, scenario: { ...scenario, pods: { ...scenario.pods, replicas } } };
    }
    case 'reset pods':
      return { ...state, scenario: { ...scenario, pods: NO_CHANGES } };
    case 'opened':
      return replaced(
        state,
        action.scenario,
        action.at?.some(isAt(scenario)) ? undefined : action.text,
      );
    case 'taken back': {
      const before = state.notice?.before;
      return before === undefined ? state : replaced(state, before, 'What was here is back.');
    }
    case 'reported':
      return afterReport(state, action.report);
    case 'restarted': {
      const { fault: _, ...rest } = state;
      return rest;
    }
    case 'noticed':
      return { ...state, notice: action.notice };
    case 'read': {
      const { notice: _, ...rest } = state;
      return rest;
    }
  }
}

/** Whether it is the same but for the request. */
function isAt({ manifests, pods }: Scenario): (other: Scenario) => boolean {
  return (other) => manifests === other.manifests && textOf(pods) === textOf(other.pods);
}

function textOf({ pods, replicas }: PodChanges): string {
  return JSON.stringify([Object.entries(pods), Object.entries(replicas)]);
}

/** What was there can be had back, and so can what takes its place then. */
function replaced(state: State, scenario: Scenario, text: string | undefined): State {
  const { notice: _, ...rest } = state;
  return {
    ...rest,
    scenario,
    filter: '',
    opened: state.opened + 1,
    ...(text !== undefined && { notice: { text, tone: 'plain', before: state.scenario } }),
  };
}

function withPod(
  changes: PodChanges,
  { key, change }: { readonly key: string; readonly change: PodChange | undefined },
): PodChanges {
  const { [key]: _, ...others } = changes.pods;
  const none = change?.state === undefined && change?.labels === undefined;
  return { ...changes, pods: none ? others : { ...others, [key]: change } };
}

function afterReport(state: State, report: Report): State {
  switch (report.kind) {
    case 'source':
      return { ...state, source: report };
    case 'view': {
      const { fault: _, ...rest } = state;
      return { ...rest, view: report };
    }
    case 'fault':
      return {
        ...state,
        fault: { message: report.message, ended: report.ended ?? false },
      };
    case 'traffic':
      return state;
  }
}

/** How many Pods and workloads aren't as the manifests have them. */
export function changeCount({ pods, replicas }: PodChanges): number {
  return Object.keys(pods).length + Object.keys(replicas).length;
}
