/** The address of the gazetteer's folder: scripts/gazetteer/plugin.ts. */
declare module "virtual:gazetteer" {
  const folder: string;
  export default folder;
}
