window.govreport.receive("m201c","#");
