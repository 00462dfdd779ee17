import { proxyActivities } from '@temporalio/workflow';
import type { FloorActivities, FloorCall, FloorImage } from './activities.ts';

const { generateImage, saveCall } = proxyActivities<FloorActivities>({ startToCloseTimeout: '10 minutes' });

/** A workflow as one would write it without Darkroom: two activities, nothing about money, accounts or events. */
export async function bareImageWorkflow(call: FloorCall): Promise<FloorImage> {
  const image = await generateImage(call);
  await saveCall(call, image);
  return image;
}
