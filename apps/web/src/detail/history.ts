import type { Call } from '@darkroom/contract';

/** A call in the history of edits, with those that were made from its results, the oldest first. */
export interface HistoryNode {
  call: Call;
  children: HistoryNode[];
  /** How many calls were made from it that found no room in the tree; `many` where they were not counted. */
  left?: number | 'many';
}

/** The tree that a call belongs to. */
export interface History {
  root: HistoryNode;
  /** False where there may be calls before the first, or below the last, that were not read. */
  isWhole: boolean;
}

/** How the history is read: over the network in the page, from memory in tests. */
export interface HistoryReader {
  /** The call that made a result; undefined where it is gone. */
  callOfArtifact: (artifactId: string) => Promise<Call | undefined>;
  /** One page of the calls that were made from a result, newest first. */
  madeFrom: (artifactId: string, cursor: string | null) => Promise<{ items: Call[]; nextCursor: string | null }>;
  resultsOf: (call: Call) => string[];
}

/** What the queries of histories begin with. */
export const historyKey = ['history'] as const;

const longestLine = 100;
/** More than a person walks through, and than the page draws at once. */
const mostShown = 200;
/** Of each result. More are not counted: a batch may make ten thousand of one. */
const mostPages = 3;
/** Calls whose results are asked about at a time: a browser has six connections, and one stays free for what else is shown. */
const mostAtOnce = 5;

/**
 * The tree that a call belongs to: up to the first of its line, by the first result that each was made from, and down from there to all that were
 * made of them. A result of two parents stands below the first. Where it grows too large the line stays, and of the rest what is nearest to the call.
 */
export async function readHistory(call: Call, reader: HistoryReader): Promise<History> {
  const { line, isWhole } = await climb(call, reader);
  const nodes = line.map((one): HistoryNode => ({ call: one, children: [] }));
  nodes.forEach((node, place) => nodes[place - 1]?.children.push(node));
  const [root = { call, children: [] }] = nodes;
  const seen = new Set(line.map(({ id }) => id));
  let unread = nodes.toReversed().filter((node) => reader.resultsOf(node.call).length > 0);
  while (unread.length > 0 && seen.size < mostShown) {
    const portion = unread.slice(0, mostAtOnce);
    const read = await Promise.all(
      portion.map(async (node) => ({ node, children: await readChildren(node.call, reader) })),
    );
    const added = read.flatMap(({ node, children }) => addChildren(node, children, seen));
    unread = [...unread.slice(mostAtOnce), ...added.filter((child) => reader.resultsOf(child.call).length > 0)];
  }
  return { root, isWhole: isWhole && unread.length === 0 };
}

/** From the first ancestor to the call itself, and whether that is all of them. */
async function climb(call: Call, reader: HistoryReader): Promise<{ line: Call[]; isWhole: boolean }> {
  const line = [call];
  for (;;) {
    const [source] = sourcesOf(line[0] ?? call);
    if (source !== undefined && line.length >= longestLine) return { line, isWhole: false };
    const parent = source === undefined ? undefined : await reader.callOfArtifact(source);
    if (parent === undefined || line.some(({ id }) => id === parent.id)) return { line, isWhole: true };
    line.unshift(parent);
  }
}

interface Children {
  /** Newest first. */
  calls: Call[];
  isAll: boolean;
}

/** The calls whose first source is a result of the call. */
async function readChildren(call: Call, reader: HistoryReader): Promise<Children> {
  const results = reader.resultsOf(call);
  const read = await Promise.all(results.map((artifactId) => readMadeFrom(artifactId, reader)));
  const made = new Map(read.flatMap(({ calls }) => calls).map((one) => [one.id, one]));
  const calls = [...made.values()].filter((one) => results.includes(sourcesOf(one)[0] ?? ''));
  return { calls: calls.sort(byAge).reverse(), isAll: read.every(({ isAll }) => isAll) };
}

async function readMadeFrom(artifactId: string, reader: HistoryReader): Promise<Children> {
  const calls: Call[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await reader.madeFrom(artifactId, cursor);
    calls.push(...page.items);
    cursor = page.nextCursor;
    if (cursor === null) break;
  }
  return { calls, isAll: cursor === null };
}

/** Puts below a node what is in no other place yet, the newest as far as there is room. Answers what was put there. */
function addChildren(node: HistoryNode, { calls, isAll }: Children, seen: Set<string>): HistoryNode[] {
  const found = calls.filter(({ id }) => !seen.has(id));
  const shown = found.slice(0, mostShown - seen.size);
  for (const { id } of shown) seen.add(id);
  const added = shown.map((call): HistoryNode => ({ call, children: [] })).reverse();
  node.children = [...node.children, ...added].sort((left, right) => byAge(left.call, right.call));
  const count = found.length - shown.length;
  if (count > 0 || !isAll) node.left = isAll ? count : 'many';
  return added;
}

function byAge(left: Call, right: Call): number {
  return left.id < right.id ? -1 : 1;
}

export function sourcesOf(call: Call): readonly string[] {
  return call.sourceArtifactIds ?? [];
}
