declare module "htmx.org" {
  interface Swap {
    text: string;
    target: Element;
    swap: string;
    select?: string;
    sourceElement?: Element;
  }
  const htmx: {
    registerExtension(name: string, extension: Record<string, unknown>): void;
    swap(context: Swap): Promise<void>;
    process(element: Element): void;
  };
  export default htmx;
}
