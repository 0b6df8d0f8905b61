// What makes the pages pleasant. Without it every page still works by link and form.
import "./htmx";
import { startComposer } from "./composer";
import { startArriving } from "./arriving";
import { startDrafts } from "./drafts";
import { startFolds } from "./folds";
import { startKeys } from "./keys";
import { startLive } from "./live";
import { startPalette } from "./palette";
import { startPane } from "./pane";
import { startPresence } from "./presence";
import { startUndo } from "./undo";
import { startUploads } from "./uploads";
import { startRows } from "./rows";
import { startSelect } from "./select";

startPane();
startArriving();
startFolds();
startRows();
startPalette();
startSelect();
startDrafts();
startKeys();
startComposer();
startUploads();
startPresence();
startUndo();
startLive();
