import type { Card, Chart, Column, Link } from '../../src/protocol/chart.ts';

type Brief = Partial<Card> & Pick<Card, 'id' | 'kind' | 'title'>;

function card(brief: Brief): Card {
  return { lines: [], status: 'ready', lit: false, ...brief };
}

function column(kind: Column['kind'], cards: readonly Card[], total = cards.length): Column {
  return { kind, cards, total };
}

function link(from: string, to: string, label: string, rest: Partial<Link> = {}): Link {
  return { from, to, label, status: 'ready', lit: false, ...rest };
}

/** A Pod of `Deployment shop/cart`, of which there are two. */
function cartPod(name: string, rest: Partial<Card> = {}): Card {
  return card({
    id: `pod ${name}`,
    kind: 'Pod',
    title: name,
    lines: ['10.0.0.7:8080 on node-a', 'of Deployment cart'],
    lit: true,
    line: 60,
    pod: {
      key: `shop/${name}`,
      labels: { app: 'cart', tier: 'web' },
      workload: 'Deployment shop/cart',
      replicas: 2,
    },
    ...rest,
  });
}

const DOORS = [
  card({
    id: 'ingress',
    kind: 'Ingress',
    title: 'shop/shop',
    lines: ['class portolan'],
    lit: true,
    line: 1,
  }),
  card({ id: 'frontend', kind: 'Frontend', title: '*:30080', lines: ['of back-office'] }),
];

const RULES = [
  card({
    id: 'rule cart',
    kind: 'Rule',
    title: 'PathPrefix /cart',
    lines: ['shop.example'],
    lit: true,
    line: 10,
  }),
  card({
    id: 'rule root',
    kind: 'Rule',
    title: 'PathPrefix /',
    lines: ['shop.example'],
    lost: 'PathPrefix /cart is longer than PathPrefix /',
    line: 14,
  }),
  card({
    id: 'rule old',
    kind: 'Rule',
    title: 'Exact /old',
    lines: ['shop.example'],
    status: 'shadowed',
    reason: 'Ingress shop/first takes all of its requests',
    line: 18,
  }),
];

const SERVICES = [
  card({
    id: 'service cart',
    kind: 'Service',
    title: 'shop/cart',
    lines: ['ClusterIP', '80 → 8080'],
    lit: true,
    line: 30,
  }),
  card({
    id: 'service store',
    kind: 'Service',
    title: 'shop/storefront',
    status: 'partlyReady',
    reason: '2 of 3 Pods are ready',
  }),
  card({
    id: 'service lost',
    kind: 'Service',
    title: 'shop/lost',
    status: 'missing',
    reason: 'no such Service',
  }),
  card({ id: 'service office', kind: 'Service', title: 'shop/back-office', lines: ['NodePort'] }),
];

/** A request that two Pods may answer. */
export const FEW: Chart = {
  columns: [
    column('doors', DOORS),
    column('rules', RULES),
    column('services', SERVICES),
    column('endpoints', [
      cartPod('cart-7d9f'),
      cartPod('cart-8e1a'),
      card({ id: 'pod office', kind: 'Pod', title: 'back-office-1' }),
      card({
        id: 'workload batch',
        kind: 'Workload',
        title: 'batch',
        status: 'notReady',
        reason: 'it has no Pods',
        workload: { key: 'Deployment shop/batch', replicas: 0 },
      }),
    ]),
  ],
  links: [
    link('ingress', 'rule cart', '', { lit: true }),
    link('ingress', 'rule root', ''),
    link('ingress', 'rule old', '', { status: 'shadowed' }),
    link('frontend', 'service office', '30080'),
    link('rule cart', 'service cart', '80', { lit: true }),
    link('rule root', 'service store', '80', { status: 'partlyReady' }),
    link('rule old', 'service lost', '80', { status: 'missing' }),
    link('service cart', 'pod cart-7d9f', '80 → 8080', { lit: true }),
    link('service cart', 'pod cart-8e1a', '80 → 8080', { lit: true }),
    link('service office', 'pod office', '80 → 8080'),
  ],
};

/** The same, and no Pod is fit to answer. */
export const NONE_READY: Chart = {
  ...FEW,
  columns: [
    FEW.columns[0],
    FEW.columns[1],
    column(
      'services',
      SERVICES.map((each) =>
        each.id === 'service cart'
          ? { ...each, status: 'notReady' as const, reason: 'none of 2 Pods is ready' }
          : each,
      ),
    ),
    column('endpoints', [
      cartPod('cart-7d9f', podThat('failing', 'not ready')),
      cartPod('cart-8e1a', podThat('draining', 'terminating')),
    ]),
  ],
  links: FEW.links
    .filter(({ to }) => to !== 'pod office')
    .map((each) =>
      each.to.startsWith('pod') ? { ...each, lit: false, status: 'notReady' as const } : each,
    ),
};

function podThat(state: 'draining' | 'failing', lost: string): Partial<Card> {
  return {
    lit: false,
    status: 'notReady',
    lost,
    pod: { key: `shop/cart-${state}`, labels: { app: 'cart' }, state },
  };
}

/** As many cards as are drawn at most, of many more. */
export const MANY: Chart = {
  columns: [
    column('doors', many('Ingress', 'door'), 320),
    column('rules', many('Rule', 'rule'), 9980),
    column('services', many('Service', 'service'), 2100),
    column('endpoints', many('Pod', 'pod'), 9980),
  ],
  links: numbers().flatMap((index) => [
    link(`door ${index >> 2}`, `rule ${index}`, '', { lit: index === 0 }),
    link(`rule ${index}`, `service ${index >> 1}`, '80', { lit: index === 0 }),
    link(`service ${index >> 2}`, `pod ${index}`, '80 → 8080', { lit: index < 4 }),
  ]),
};

function numbers(): readonly number[] {
  return Array.from({ length: 24 }, (_, index) => index);
}

function many(kind: Card['kind'], name: string): readonly Card[] {
  return numbers().map((index) =>
    card({
      id: `${name} ${index}`,
      kind,
      title: `${name}-with-a-rather-long-name-${index}`,
      lines: ['namespace-of-a-team'],
      lit: kind === 'Pod' ? index < 4 : index === 0,
      line: index + 1,
    }),
  );
}

/** What nothing was read for. */
export const EMPTY: Chart = {
  columns: [
    column('doors', []),
    column('rules', []),
    column('services', []),
    column('endpoints', []),
  ],
  links: [],
};
