import { posix } from 'node:path';
import ts from 'typescript';
import { isStyleSheet, type WorkspaceText } from './file-rules.ts';
import { listPackages, readWorkspaceFile, type WorkspacePackage } from './workspace-files.ts';

/** What a file names after `from` or in `import(…)`. */
export interface ModuleImport {
  readonly specifier: string;
  /** An import that leaves nothing behind when types are stripped. */
  readonly isTypeOnly: boolean;
}

/** What a file imports, in the order of the text: of code its modules, of a style sheet other sheets and plugins of Tailwind. */
export function importsIn({ path, text }: WorkspaceText): readonly ModuleImport[] {
  if (isStyleSheet(path)) return importsOfStyleSheet(text);
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const found: ModuleImport[] = [];
  const visit = (node: ts.Node): void => {
    const moduleImport = toModuleImport(node);
    if (moduleImport) found.push(moduleImport);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function importsOfStyleSheet(text: string): ModuleImport[] {
  const code = text.replaceAll(/\/\*[^]*?\*\//g, '');
  const rules = /@(?:import|plugin|config|reference)\s+(?:url\(\s*)?['"]([^'"]+)['"]/g;
  return [...code.matchAll(rules)].map(([, specifier = '']) => ({ specifier, isTypeOnly: false }));
}

function toModuleImport(node: ts.Node): ModuleImport | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    const isTypeOnly = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    return { specifier: node.moduleSpecifier.text, isTypeOnly };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
    return { specifier: node.moduleSpecifier.text, isTypeOnly: node.isTypeOnly };
  }
  const [argument] =
    ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword ? node.arguments : [];
  return argument && ts.isStringLiteral(argument) ? { specifier: argument.text, isTypeOnly: false } : undefined;
}

/** Where a file's imports lead: to other files of the workspace, and to packages and builtins outside it. */
export class ModuleGraph {
  private readonly packages: readonly WorkspacePackage[];
  private readonly read: (file: string) => string;
  private readonly known = new Map<string, readonly string[]>();

  constructor(packages = listPackages(), read = readWorkspaceFile) {
    this.packages = packages;
    this.read = read;
  }

  get files(): readonly string[] {
    return this.packages.flatMap(({ files }) => files);
  }

  /** What a file loads at run time: a path of the workspace, or a specifier as it was written. */
  loadedBy(file: string): readonly string[] {
    const known = this.known.get(file);
    if (known) return known;
    const loaded = importsIn({ path: file, text: this.read(file) })
      .filter(({ isTypeOnly }) => !isTypeOnly)
      .map(({ specifier }) => this.resolve(file, specifier));
    this.known.set(file, loaded);
    return loaded;
  }

  /** The imports of ours that lead nowhere: `file → module`. */
  findDangling(): string[] {
    const files = new Set(this.files);
    return this.files.flatMap((file) =>
      this.loadedBy(file)
        .filter((module) => /^(apps|libs|tools)\/.*\.(tsx?|css)$/.test(module) && !files.has(module))
        .map((module) => `${file} → ${module}`),
    );
  }

  /** The ways by which files import themselves. */
  findCycles(): string[] {
    return this.files.flatMap((file) =>
      this.loadedBy(file)
        .map((next) => this.closureOf(next).get(file))
        .filter((way) => way !== undefined)
        .map((way) => [file, ...way].join(' → ')),
    );
  }

  /** Everything that loading a file loads, itself included, each with the way that leads there. */
  closureOf(file: string): ReadonlyMap<string, readonly string[]> {
    const ways = new Map<string, readonly string[]>([[file, [file]]]);
    const isOurs = new Set(this.files);
    for (const [reached, way] of ways) {
      if (!isOurs.has(reached)) continue;
      for (const next of this.loadedBy(reached)) if (!ways.has(next)) ways.set(next, [...way, next]);
    }
    return ways;
  }

  private resolve(file: string, specifier: string): string {
    if (specifier.startsWith('.')) return posix.join(posix.dirname(file), specifier);
    const owner = this.packages.find(
      ({ manifest }) => specifier === manifest.name || specifier.startsWith(`${manifest.name}/`),
    );
    const door = owner?.manifest.exports[`.${specifier.slice(owner.manifest.name.length)}`];
    const source = typeof door === 'object' ? door['@darkroom/source'] : undefined;
    return owner && source ? posix.join(owner.folder, source) : specifier;
  }
}
