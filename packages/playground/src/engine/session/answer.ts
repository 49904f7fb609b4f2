import type { ObjectKey } from '@portolan/core';
import type { Snapshot } from '@portolan/engine';
import {
  explain,
  formatExplanation,
  RequestFault,
  type DescribedRequest,
  type Explanation,
} from '@portolan/explain';

import type { View } from '../../protocol/report.ts';
import { sentenceOf } from './sentence.ts';

/** Where a request goes, and why; or what is wrong with it. */
export function answerTo(
  snapshot: Snapshot,
  request: DescribedRequest,
  standIns: ReadonlySet<ObjectKey>,
): Pick<View, 'answer' | 'fault'> {
  const explanation = explained(snapshot, request, standIns);
  if (explanation instanceof RequestFault) {
    return { fault: { field: explanation.field, message: explanation.message } };
  }
  const text = formatExplanation(explanation);
  return { answer: { explanation, text, sentence: sentenceOf(explanation) } };
}

function explained(
  snapshot: Snapshot,
  request: DescribedRequest,
  standIns: ReadonlySet<ObjectKey>,
): Explanation | RequestFault {
  try {
    return explain(snapshot, request, { standIns });
  } catch (error) {
    if (error instanceof RequestFault) return error;
    throw error;
  }
}
