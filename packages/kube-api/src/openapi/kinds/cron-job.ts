import {
  boolean,
  each,
  int32,
  int64,
  listOf,
  string,
  struct,
  time,
  type Struct,
} from '../schema/schema.ts';
import { jobTemplateSpec } from './job.ts';
import { objectMeta, objectReference } from './meta.ts';

const cronJobSpec = struct('batch.v1.CronJobSpec', {
  ...each(string, 'concurrencyPolicy schedule timeZone'),
  ...each(int32, 'failedJobsHistoryLimit successfulJobsHistoryLimit'),
  jobTemplate: jobTemplateSpec,
  startingDeadlineSeconds: int64,
  suspend: boolean,
});

const cronJobStatus = struct('batch.v1.CronJobStatus', {
  active: listOf(objectReference),
  ...each(time, 'lastScheduleTime lastSuccessfulTime'),
});

export const cronJob: Struct = struct('batch.v1.CronJob', {
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: cronJobSpec,
  status: cronJobStatus,
});
