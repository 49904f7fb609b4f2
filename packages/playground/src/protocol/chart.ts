import type { GraphStatus } from '@portolan/graph';

import type { PodState } from '../scenario/scenario.ts';

/** The way of a request, and what is beside it: columns of cards, and links between them. At most `CARDS` cards a column. */
export interface Chart {
  /** Ingresses and other doors, their rules, Services, and who answers for them: always these four, from left to right. */
  readonly columns: readonly [Column, Column, Column, Column];
  readonly links: readonly Link[];
}

export interface Column {
  readonly kind: 'doors' | 'rules' | 'services' | 'endpoints';
  /** The lit ones first, then those that nearly were, then the rest in the order of the manifests. */
  readonly cards: readonly Card[];
  /** How many there are in all, drawn or not. */
  readonly total: number;
}

/** How many cards of a column are drawn at most. */
export const CARDS = 24;

export interface Card {
  /** Follows from what it stands for alone. */
  readonly id: string;
  readonly kind:
    | 'Ingress'
    | 'Frontend'
    | 'Rule'
    | 'Service'
    | 'Pod'
    | 'Address'
    | 'ExternalName'
    | 'Resource'
    | 'Workload';
  /** The most telling line. */
  readonly title: string;
  /** Further lines. */
  readonly lines: readonly string[];
  readonly status: GraphStatus;
  /** Why, where the status isn't `ready`. */
  readonly reason?: string;
  /** It is on the request's way. */
  readonly lit: boolean;
  /** Of a rule that was looked at and lost, or an endpoint that may not answer: why, for people. */
  readonly lost?: string;
  /** Where it is in the manifests: a line from 1. */
  readonly line?: number;
  /** Of a Pod that can be changed. */
  readonly pod?: PodCard;
  /** Of a workload that has no Pod now: it stands among the endpoints, so that it can be scaled up again. */
  readonly workload?: {
    /** `Kind namespace/name` */
    readonly key: string;
    readonly replicas: number;
  };
}

export interface PodCard {
  /** `namespace/name` */
  readonly key: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly state?: PodState;
  /** `Kind namespace/name` of the workload that makes it; absent: none, so that it can't be scaled. */
  readonly workload?: string;
  /** How many Pods the workload has. */
  readonly replicas?: number;
}

export interface Link {
  /** Ids of cards that are drawn. */
  readonly from: string;
  readonly to: string;
  /** `80 → 8080` */
  readonly label: string;
  readonly status: GraphStatus;
  readonly lit: boolean;
}
