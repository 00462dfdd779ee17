export { findUntakenRequests, type UntakenRequest } from './find-untaken-requests.ts';
