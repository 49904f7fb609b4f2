import { describeSession } from './session/describe-session.ts';

describeSession('docs/explanation/limits.md');
