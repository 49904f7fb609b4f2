import { describe, expect, it } from 'vitest';

import type { Report } from '../../protocol/report.ts';
import { NO_CHANGES, type Scenario } from '../../scenario/scenario.ts';
import { type Action, changeCount, reduce, type State, stateOf } from './state.ts';

const scenario: Scenario = {
  manifests: 'kind: Service\n',
  request: { url: 'http://shop.example/' },
  pods: { pods: { 'shop/cart-1': { state: 'failing' } }, replicas: { 'Deployment shop/cart': 3 } },
};
const other: Scenario = {
  manifests: 'kind: Ingress\n',
  request: { url: 'http://other.example/' },
  pods: NO_CHANGES,
};

function after(...actions: readonly Action[]): State {
  return actions.reduce(reduce, stateOf(scenario));
}

const view: Report = {
  kind: 'view',
  for: 1,
  chart: {
    columns: [
      { kind: 'doors', cards: [], total: 0 },
      { kind: 'rules', cards: [], total: 0 },
      { kind: 'services', cards: [], total: 0 },
      { kind: 'endpoints', cards: [], total: 0 },
    ],
    links: [],
  },
};

describe('what is typed', () => {
  it('is in the scenario, and the editor is not told to show it', () => {
    const state = after({ kind: 'typed', manifests: 'kind: Pod\n' });
    expect(state.scenario).toEqual({ ...scenario, manifests: 'kind: Pod\n' });
    expect(state.opened).toBe(0);
  });

  it('leaves Pods as they are, and the manifests stay where the request is another', () => {
    const state = after({ kind: 'asked', request: { url: 'http://a/' } });
    expect(state.scenario).toEqual({ ...scenario, request: { url: 'http://a/' } });
  });
});

describe('what is opened', () => {
  const opened: Action = { kind: 'opened', scenario: other, text: 'Other is open.' };

  it('takes the place of all, is to be shown, and draws what is near its request', () => {
    const state = after({ kind: 'filtered', text: 'cart' }, opened);
    expect(state.scenario).toBe(other);
    expect(state.opened).toBe(1);
    expect(state.filter).toBe('');
    expect(state.notice?.text).toBe('Other is open.');
  });

  it('is not told of in place of what is at hand at any time, whatever was asked of it', () => {
    const asked: Action = { kind: 'asked', request: { url: 'http://a/' } };
    const chosen: Action = { ...opened, at: [other, scenario] };
    const noticed: Action = { kind: 'noticed', notice: { text: 'Something.', tone: 'wrong' } };
    expect(after(asked, noticed, chosen)).not.toHaveProperty('notice');
    const typed = after(asked, { kind: 'typed', manifests: 'mine\n' }, chosen);
    expect(typed.notice?.before?.manifests).toBe('mine\n');
    const scaled = after({ kind: 'scaled', workload: 'Deployment a/b', replicas: 3 }, chosen);
    expect(scaled.notice?.text).toBe('Other is open.');
  });

  it('can be taken back, with what was typed just before', () => {
    const state = after({ kind: 'typed', manifests: 'mine\n' }, opened, { kind: 'taken back' });
    expect(state.scenario).toEqual({ ...scenario, manifests: 'mine\n' });
    expect(state.opened).toBe(2);
  });

  it('can be had again after that, with what was typed in the meantime', () => {
    const state = after(
      opened,
      { kind: 'typed', manifests: 'meantime\n' },
      { kind: 'taken back' },
      { kind: 'taken back' },
    );
    expect(state.scenario.manifests).toBe('meantime\n');
  });

  it('can no longer be taken back once that was dismissed', () => {
    const state = after(opened, { kind: 'read' }, { kind: 'taken back' });
    expect(state.scenario).toBe(other);
    expect(state.notice).toBeUndefined();
  });
});

describe('a Pod', () => {
  it('is changed without touching others', () => {
    const state = after({ kind: 'pod', key: 'shop/cart-2', change: { state: 'draining' } });
    expect(state.scenario.pods).toEqual({
      ...scenario.pods,
      pods: { 'shop/cart-1': { state: 'failing' }, 'shop/cart-2': { state: 'draining' } },
    });
  });

  it.each([undefined, {}])('is as the manifests have it where the change is %j', (change) => {
    const state = after({ kind: 'pod', key: 'shop/cart-1', change });
    expect(state.scenario.pods.pods).toEqual({});
  });

  it('is one of as many as its workload is scaled to', () => {
    const state = after({ kind: 'scaled', workload: 'Deployment shop/web', replicas: 0 });
    expect(state.scenario.pods.replicas).toEqual({
      'Deployment shop/cart': 3,
      'Deployment shop/web': 0,
    });
  });

  it('is reset with all others', () => {
    expect(after({ kind: 'reset pods' }).scenario).toEqual({ ...scenario, pods: NO_CHANGES });
  });

  it('counts as a change, and so does a scaled workload', () => {
    expect(changeCount(scenario.pods)).toBe(2);
    expect(changeCount(NO_CHANGES)).toBe(0);
  });
});

describe('the engine', () => {
  it('may have a fault, which is gone with the next view', () => {
    const fault: Action = { kind: 'reported', report: { kind: 'fault', message: 'no' } };
    expect(after(fault).fault).toEqual({ message: 'no', ended: false });
    const state = after(fault, { kind: 'reported', report: view });
    expect(state.fault).toBeUndefined();
    expect(state.view).toBe(view);
  });

  it('may end, and what was typed and shown stays', () => {
    const state = after(
      { kind: 'reported', report: view },
      { kind: 'typed', manifests: 'mine\n' },
      { kind: 'reported', report: { kind: 'fault', message: 'gone', ended: true } },
    );
    expect(state.fault).toEqual({ message: 'gone', ended: true });
    expect(state.scenario.manifests).toBe('mine\n');
    expect(state.view).toBe(view);
    expect(reduce(state, { kind: 'restarted' }).fault).toBeUndefined();
  });
});
