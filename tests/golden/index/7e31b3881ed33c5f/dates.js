window.govreport.receive("dates","急㐃#");
