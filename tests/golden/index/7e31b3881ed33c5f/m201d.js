window.govreport.receive("m201d","#");
