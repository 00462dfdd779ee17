import { completesAtOnce } from '../expected-end.ts';
import { faults, onlyTasks } from './fault.ts';

/** The file of a task that has succeeded comes to its address later than the provider says so. */
export const lateFiles = faults({
  download_not_there_yet: {
    title: 'a download: 404, three times',
    deliveries: onlyTasks,
    plans: ({ prompt }) => [{ match: prompt, on: 'download', times: 3, fault: { kind: 'url_expired', status: 404 } }],
    expected: () => completesAtOnce,
  },
});
