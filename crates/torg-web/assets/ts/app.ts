// What makes the pages pleasant. Without it every page still works by link and form.
import "./htmx";
import { startComposer } from "./composer";
import { startDrafts } from "./drafts";
import { startKeys } from "./keys";
import { startLive } from "./live";
import { startPane } from "./pane";
import { startPresence } from "./presence";
import { startUndo } from "./undo";
import { startUploads } from "./uploads";

startPane();
startDrafts();
startKeys();
startComposer();
startUploads();
startPresence();
startUndo();
startLive();
