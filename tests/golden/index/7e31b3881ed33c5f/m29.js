window.govreport.receive("m29","#");
