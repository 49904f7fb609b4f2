import type { GraphNode, GraphPort, GraphStatus } from '../graph/graph.ts';

/** What stands in a card below its heading. */
export interface Row {
  /** Where edges begin and end: the id of a node, or of a Service and one of its ports. Absent for what has no edge. */
  readonly anchor?: string;
  readonly style: 'address' | 'host' | 'path' | 'port';
  readonly text: string;
  /** Said in small at the end of the row. */
  readonly note?: string;
  readonly status: GraphStatus;
  readonly lit: boolean;
  /** Everything there is to say. */
  readonly tooltip: string;
}

/** A box of the drawing: an Ingress with its rules, a Service with its ports, the Pods of a workload … */
export interface Card {
  readonly id: string;
  readonly namespace: string;
  /** From the left: where requests come in, Services, who answers. */
  readonly column: 0 | 1 | 2;
  readonly icon: GraphNode['kind'];
  readonly title: string;
  readonly subtitle: string;
  readonly status: GraphStatus;
  readonly lit: boolean;
  readonly tooltip: string;
  /** Of Pods: how many there are, and how many of them are ready. */
  readonly pods?: { readonly all: number; readonly ready: number };
  readonly rows: readonly Row[];
}

/** Where the edges of a Service's port meet it. */
export function portAnchor(service: string, port: Pick<GraphPort, 'id'>): string {
  return `${service} ${port.id}`;
}
