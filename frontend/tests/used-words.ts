import { join } from "node:path";
import ts from "typescript";

const ROOT = join(import.meta.dirname, "..");

/** The messages of the sources, by their file and name, of which no code reads any. */
export function unusedWords(isWordsFile: (name: string) => boolean): string[] {
  const { checker, files } = sources();
  const words = new Map<ts.Node, string>();
  for (const file of files) if (isWordsFile(file.fileName)) collect(file, nameOf(file), words);
  const used = new Set<ts.Node>();
  for (const file of files) new Reader(checker, words, used).read(file);
  return [...words].filter(([node]) => !used.has(node)).map(([, name]) => name);
}

/** Of whom we have the data, and under which licence: the same in every language. */
const NAMES = /^(GeoNames|, CC BY 4\.0)$/;

/** What stands in the code of a view itself, where no translation reaches it. */
export function textsInViews(): string[] {
  const found: string[] = [];
  for (const file of sources().files) {
    const look = (node: ts.Node): void => {
      const text = toldIn(node);
      if (text && /\p{L}{2}/u.test(text) && !NAMES.test(text.trim()))
        found.push(`${nameOf(file)}: ${text.trim()}`);
      ts.forEachChild(node, look);
    };
    look(file);
  }
  return found;
}

function toldIn(node: ts.Node): string | undefined {
  if (ts.isJsxText(node)) return node.text;
  if (!ts.isJsxAttribute(node) || !/^(aria-label|alt|title|placeholder)$/.test(node.name.getText())) return;
  return node.initializer && ts.isStringLiteral(node.initializer) ? node.initializer.text : undefined;
}

let read: ReturnType<typeof readSources> | undefined;
const sources = () => (read ??= readSources());

function readSources() {
  const config = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(ROOT, "tsconfig.json"), (path) => ts.sys.readFile(path)).config,
    ts.sys,
    ROOT,
  );
  const names = config.fileNames.filter((name) => name.startsWith(join(ROOT, "src")));
  const program = ts.createProgram(names, config.options);
  const checker = program.getTypeChecker(); // it also tells every node its parent
  return { checker, files: names.flatMap((name) => program.getSourceFile(name) ?? []) };
}

const nameOf = (file: ts.SourceFile): string => file.fileName.slice(ROOT.length + 5);

/** Every property of a constant EN, which is what the types of all words are made of. */
function collect(node: ts.Node, file: string, words: Map<ts.Node, string>): void {
  if (ts.isVariableDeclaration(node) && node.name.getText() === "EN" && node.initializer)
    return properties(node.initializer, `${file}:`, words);
  ts.forEachChild(node, (child) => collect(child, file, words));
}

function properties(value: ts.Expression, name: string, words: Map<ts.Node, string>): void {
  if (ts.isSatisfiesExpression(value)) return properties(value.expression, name, words);
  if (!ts.isObjectLiteralExpression(value)) return;
  for (const property of value.properties) {
    if (!ts.isPropertyAssignment(property)) continue;
    const path = `${name} ${property.name.getText()}`;
    words.set(property, path);
    properties(property.initializer, path, words);
  }
}

class Reader {
  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly words: ReadonlyMap<ts.Node, string>,
    private readonly used: Set<ts.Node>,
  ) {}

  read(node: ts.Node): void {
    if (ts.isCallExpression(node) && node.expression.getText() === "inLanguage") return; // where they are declared
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isPropertyAccessExpression(node)) this.mark(this.checker.getSymbolAtLocation(node.name));
    if (ts.isBindingElement(node)) this.markTaken(node);
    if ((ts.isPropertyAccessExpression(node) || ts.isIdentifier(node)) && isReadWhole(node))
      this.markAllOf(node);
    ts.forEachChild(node, (child) => this.read(child));
  }

  private mark(symbol: ts.Symbol | undefined): readonly ts.Node[] {
    const declared = (symbol?.declarations ?? []).filter((node) => this.words.has(node));
    declared.forEach((node) => this.used.add(node));
    return declared;
  }

  /** const { title } = WORDS */
  private markTaken(node: ts.BindingElement): void {
    const name = (node.propertyName ?? node.name).getText();
    this.mark(this.checker.getTypeAtLocation(node.parent).getProperty(name));
  }

  /** What is given away, spread, or read by a computed name may be read in every part. */
  private markAllOf(node: ts.Node): void {
    const follow = (type: ts.Type) => {
      for (const property of type.getProperties())
        if (this.mark(property).length) follow(this.checker.getTypeOfSymbol(property));
    };
    follow(this.checker.getTypeAtLocation(node));
  }
}

/** Whether it is more than a step to one of its parts, or another name for it. */
function isReadWhole(node: ts.PropertyAccessExpression | ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return false;
  if (ts.isVariableDeclaration(parent)) return parent.initializer === node && parent.type !== undefined;
  return ts.isExpression(parent) || ts.isJsxSpreadAttribute(parent) || ts.isSpreadAssignment(parent) ||
    ts.isReturnStatement(parent) || ts.isPropertyAssignment(parent) || ts.isJsxExpression(parent); // prettier-ignore
}
