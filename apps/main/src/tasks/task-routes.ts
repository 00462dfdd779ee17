import type { ApiInstance } from '../api-instance.ts';
import { cancelTaskRoute } from './cancel-task.route.ts';
import type { DeclaredTasks } from './declared-tasks.ts';
import { getTaskRoute } from './get-task.route.ts';
import { submitTaskRoute } from './submit-task.route.ts';

export interface TaskRoutesDependencies {
  tasks: DeclaredTasks;
  /** Where clients reach this API; known for sure once the server listens. */
  baseUrl: () => string;
}

/** Everything below `/v1/tasks`. */
export function taskRoutes(app: ApiInstance, dependencies: TaskRoutesDependencies): void {
  submitTaskRoute(app, dependencies);
  getTaskRoute(app, dependencies);
  cancelTaskRoute(app, dependencies);
}
