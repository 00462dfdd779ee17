/** Where Temporal's Web UI shows the workflows of a namespace; a workflow's id is appended. Undefined where it is not known where that is. */
export function workflowsUrl(temporalUiUrl: string | undefined, namespace: string): string | undefined {
  if (temporalUiUrl === undefined) return undefined;
  return `${temporalUiUrl.replace(/\/+$/, '')}/namespaces/${encodeURIComponent(namespace)}/workflows/`;
}
