import {
  nodeLines,
  nodeText,
  objectText,
  someOf,
  statusNote,
  statusText,
  STATUS_WORDS,
} from '../describe/describe.ts';
import type {
  FrontendNode,
  Graph,
  GraphNode,
  GraphPort,
  RuleNode,
  ServiceNode,
} from '../graph/graph.ts';
import { portAnchor, type Card, type Row } from './card.ts';

/** The cards of a drawing, in an order that follows from their ids. */
export function cardsOf({ nodes }: Graph): readonly Card[] {
  const rules = nodes.filter((node) => node.kind === 'Rule');
  const frontends = nodes.filter((node) => node.kind === 'Frontend');
  const bySource = Map.groupBy(
    rules,
    ({ source }) => `${source.kind} ${source.namespace}/${source.name}`,
  );
  const byService = Map.groupBy(frontends, ({ namespace, service }) => `${namespace}/${service}`);
  return [
    ...[...bySource].map(([id, within]) => ruleCard(id, within)),
    ...[...byService].map(([key, within]) => frontendCard(key, within)),
    ...nodes.flatMap((node) => nodeCard(node)),
  ];
}

function ruleCard(id: string, rules: readonly RuleNode[]): Card {
  const [first] = rules;
  const source = first?.source ?? { kind: '', namespace: '', name: '' };
  const lit = rules.some((rule) => rule.lit);
  // What is set for all of them is no object's.
  const isShared = source.name === '';
  return {
    id: `source:${id}`,
    namespace: source.namespace,
    column: 0,
    icon: 'Rule',
    title: isShared ? 'Default backend' : source.name,
    subtitle: isShared ? 'of all Ingresses' : source.kind,
    status: 'ready',
    lit,
    tooltip: isShared ? 'default backend of all Ingresses' : objectText(source),
    rows: ruleRows(rules),
  };
}

/** The paths of each host below it, in the order given; default backends at the end. */
function ruleRows(rules: readonly RuleNode[]): readonly Row[] {
  const byHost = Map.groupBy(
    rules.filter(({ path }) => path !== undefined),
    ({ host = 'every host' }) => host,
  );
  return [
    ...[...byHost].flatMap(([host, within]): readonly Row[] => [
      {
        style: 'host',
        text: host,
        status: 'ready',
        lit: within.some((rule) => rule.lit),
        tooltip: host,
      },
      ...within.map(pathRow),
    ]),
    ...rules.filter(({ path }) => path === undefined).map(pathRow),
  ];
}

function pathRow(rule: RuleNode): Row {
  const { id, path, pathType, conditions, redirect, status, lit = false } = rule;
  const kind = pathType === 'Exact' ? ['exact'] : pathType === 'RegularExpression' ? ['regex'] : [];
  const notes = [
    ...kind,
    ...conditions,
    ...(redirect === undefined ? [] : [`redirect ${redirect}`]),
    ...(status === 'shadowed' ? [STATUS_WORDS.shadowed] : []),
  ];
  return {
    anchor: id,
    style: path === undefined ? 'host' : 'path',
    text: path ?? 'every other request',
    ...(notes.length > 0 && { note: notes.join(', ') }),
    status,
    lit,
    tooltip: nodeText(rule),
  };
}

function frontendCard(service: string, frontends: readonly FrontendNode[]): Card {
  const [first] = frontends;
  return {
    id: `frontends:${service}`,
    namespace: first?.namespace ?? '',
    column: 0,
    icon: 'Frontend',
    title: 'From outside',
    subtitle: `to Service ${first?.service ?? ''}`,
    status: 'ready',
    lit: frontends.some(({ lit }) => lit),
    tooltip: `where clients outside may knock for Service ${service}`,
    rows: frontends.map((node) => ({
      anchor: node.id,
      style: 'address',
      text: nodeLines(node).join(' '),
      ...(node.sourceRanges && { note: `from ${node.sourceRanges.join(', ')}` }),
      status: node.status,
      lit: node.lit ?? false,
      tooltip: nodeText(node),
    })),
  };
}

function nodeCard(node: GraphNode): readonly Card[] {
  const { id, namespace, status, lit = false } = node;
  const common = { id, namespace, status, lit, icon: node.kind, tooltip: nodeText(node) };
  const fault = status === 'ready' ? [] : [statusNote(node)];
  const subtitle = (...parts: readonly string[]): string => [...parts, ...fault].join(' · ');
  switch (node.kind) {
    case 'Rule':
    case 'Frontend':
      return [];
    case 'Service':
      return [
        {
          ...common,
          column: 1,
          title: node.name,
          subtitle: subtitle(node.type ?? 'Service'),
          rows: node.ports.map((port) => portRow(node, port)),
        },
      ];
    case 'Resource': {
      const { kind, name } = node.resource;
      return [{ ...common, column: 1, title: name, subtitle: subtitle(kind), rows: [] }];
    }
    case 'Pods': {
      const { owner, pods: all, ready } = node;
      const count = ready === all ? `${all}` : `${ready} of ${all}`;
      const pods = `${count} ${all === 1 ? 'Pod' : 'Pods'}${ready === all ? '' : ' ready'}`;
      return [
        {
          ...common,
          column: 2,
          title: owner.name,
          subtitle: owner.kind === 'Pod' ? subtitle('Pod') : `${owner.kind} · ${pods}`,
          pods: { all, ready },
          rows: [],
        },
      ];
    }
    case 'Addresses': {
      const rows = someOf(node).map((each): Row => {
        const [text, ready] = typeof each === 'string' ? [each, true] : [each.address, each.ready];
        const tooltip = ready ? text : `${text}; ${STATUS_WORDS.notReady}`;
        return { style: 'address', text, status: ready ? 'ready' : 'notReady', lit, tooltip };
      });
      return [{ ...common, column: 2, title: 'Endpoints', subtitle: subtitle('not Pods'), rows }];
    }
    case 'ExternalName':
      return [{ ...common, column: 2, title: node.host, subtitle: 'a name outside', rows: [] }];
  }
}

function portRow(service: ServiceNode, port: GraphPort): Row {
  const { name, port: number, protocol = 'TCP', targetPorts, status, lit = false } = port;
  const text = [name, number, protocol === 'TCP' ? undefined : protocol].filter(
    (part) => part !== undefined && part !== '',
  );
  const targets = targetPorts.length === 0 ? [] : [`→ ${targetPorts.join(', ')}`];
  const note = [...targets, ...(status === 'missing' ? ['no such port'] : [])].join(' ');
  return {
    anchor: portAnchor(service.id, port),
    style: 'port',
    text: text.join(' '),
    ...(note !== '' && { note }),
    status,
    lit,
    tooltip: `port ${text.join(' ')} of Service ${service.namespace}/${service.name}${
      status === 'ready' ? '' : `; ${statusText(port)}`
    }`,
  };
}
