window.govreport.receive("breaks","。法");
