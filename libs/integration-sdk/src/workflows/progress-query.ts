import { defineQuery } from '@temporalio/workflow';
import type { CallWorkflowProgress } from './create-call-workflow.ts';
import type { PollWorkflowProgress } from './task-story.ts';

/** How far a workflow has come, for people who look at it. */
export const progressQuery = defineQuery<CallWorkflowProgress | PollWorkflowProgress>('progress');
