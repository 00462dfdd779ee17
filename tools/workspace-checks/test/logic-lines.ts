import ts from 'typescript';

/**
 * The lines of a source file that hold logic: those of its functions, from the signature to the last brace, without blank lines and comments.
 * What stands outside of functions, tables, schemas and types, is data.
 */
export function countLogicLines(source: string): number {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
  const lines = new Set<number>();
  const lineOf = (position: number) => file.getLineAndCharacterOfPosition(position).line;
  const addTokens = (node: ts.Node) => {
    if (ts.isJSDoc(node)) return;
    // A token's own start leaves out the blank lines and the comments before it.
    if (node.getChildCount(file) === 0 && node.getWidth(file) > 0) {
      for (let line = lineOf(node.getStart(file)); line <= lineOf(node.end); line += 1) lines.add(line);
    }
    node.getChildren(file).forEach(addTokens);
  };
  const visit = (node: ts.Node) => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) addTokens(node);
    else ts.forEachChild(node, visit);
  };
  visit(file);
  return lines.size;
}
