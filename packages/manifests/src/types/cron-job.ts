import { each, object, type Schema } from '../schema/object.ts';
import { boolean, int32, int64, listOf, string, time } from '../schema/values.ts';
import { jobTemplateSpec } from './job.ts';
import { objectMeta, objectReference } from './meta.ts';

const cronJobSpec = object({
  ...each(string, 'concurrencyPolicy schedule timeZone'),
  ...each(int32, 'failedJobsHistoryLimit successfulJobsHistoryLimit'),
  jobTemplate: jobTemplateSpec,
  startingDeadlineSeconds: int64,
  suspend: boolean,
});

const cronJobStatus = object({
  active: listOf(objectReference),
  ...each(time, 'lastScheduleTime lastSuccessfulTime'),
});

export const cronJob: Schema = object({
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: cronJobSpec,
  status: cronJobStatus,
});
