// What makes the pages pleasant. Without it every page still works by link and form.
import "./htmx";
import { startDrafts } from "./drafts";
import { startKeys } from "./keys";
import { startLive } from "./live";
import { startPane } from "./pane";

startPane();
startDrafts();
startKeys();
startLive();
